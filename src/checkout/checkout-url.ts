import { ownText } from "../core/own-fields.ts";
import { DinteroCheckoutError } from "./errors.ts";
import type { SessionReference } from "./session-endpoint.ts";

/** Where Dintero's checkout lives. */
export const defaultCheckoutUrl = "https://checkout.dintero.com";

/** The checkout's address without a slash at its end. Null is the default. @throws `invalid-checkout-url` */
export function parseCheckoutUrl(value: string | null): string {
  const url = (value ?? defaultCheckoutUrl).trim();
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw new DinteroCheckoutError("invalid-checkout-url", { what: `checkout-url "${value}" is invalid.` });
  }
  return url.replace(/\/+$/, "");
}

/** Dintero's own page for a session: its `url` when the endpoint sent one, else as the SDK's `redirect()` builds it. */
export function fullPageUrl(
  checkoutUrl: string,
  reference: SessionReference,
  language: string | undefined,
): string {
  const { id } = reference;
  const url = ownText(reference, "url");
  const built =
    checkoutUrl === defaultCheckoutUrl ? `${checkoutUrl}/v1/view/${id}` : `${checkoutUrl}/?sid=${id}`;
  const page = new URL(url && URL.canParse(url) ? url : built);
  if (language) page.searchParams.set("language", language);
  return page.href;
}
