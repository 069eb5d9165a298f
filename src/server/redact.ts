/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Takes every form of the secrets out of a text: plain, base64, and both of them url-encoded. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .flatMap((secret) => [secret, base64(secret).replace(/=+$/, "")])
    .flatMap((form) => [form, encodeURIComponent(form), `${new URLSearchParams({ s: form })}`.slice(2)])
    // The longest first, or its beginning would go and its end would stay.
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/\W/g, "\\$&"));
  // Without regard to case: `%2b` is `%2B`.
  const pattern = new RegExp(forms.join("|"), "gi");
  return (text) => (forms.length ? text.replace(pattern, "[redacted]") : text);
}
