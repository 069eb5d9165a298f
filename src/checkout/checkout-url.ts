import { DinteroCheckoutError } from "./errors.ts";

/** Where Dintero's checkout lives. */
export const defaultCheckoutUrl = "https://checkout.dintero.com";

const dangerous = /^(javascript|data|blob|vbscript|file):/;

/** The checkout's address, without a slash at its end; null is the real one. @throws `invalid-checkout-url` */
export function checkoutAddress(value: string | null): string {
  value ??= defaultCheckoutUrl;
  if (!/^\s*https?:/i.test(value) || !parse(value)) {
    throw new DinteroCheckoutError("invalid-checkout-url", `"${value}":`, {
      suggestion: "Set checkout-url to an http(s) address.",
    });
  }
  return value.trim().replace(/\/+$/, "");
}

/** Dintero's own page for a session: its `url` where the server told it, else as the SDK's `redirect()` builds it. */
export function fullPage(
  checkout: string,
  { id, url }: { readonly id: string; readonly url?: string },
  language: string | undefined,
): string {
  const built = checkout === defaultCheckoutUrl ? `${checkout}/v1/view/${id}` : `${checkout}/?sid=${id}`;
  const page = (url && parse(url)) || new URL(built);
  if (language) page.searchParams.set("language", language);
  return page.href;
}

/** Whether the page may go there: http(s) and the schemes of apps, never one that runs or shows what it carries. */
export function isSafe(href: string): boolean {
  const url = parse(href, document.baseURI);
  return url !== null && !dangerous.test(url.protocol);
}

function parse(href: string, base?: string): URL | null {
  return URL.canParse(href, base) ? new URL(href, base) : null;
}
