/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Takes every form of the secrets out of a text: plain, base64, and both of them as an url or JSON may write them. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .flatMap((secret) => [secret, base64(secret).replace(/=+$/, "")])
    .map((form) =>
      // Each character that an url, JSON or url-safe base64 could write in another way.
      form.replace(
        /\W/gu,
        (c) => `(\\\\?\\${c}|[-_+]|\\${encodeURIComponent(c)}|(%|\\\\u00)${c.charCodeAt(0).toString(16)})`,
      ),
    );
  return text.replace(new RegExp(forms.join("|") || "(?!)", "gi"), "[redacted]");
}
