import { safeHref } from "../elements/href.ts";
import type { AttemptHost } from "./attempt-host.ts";
import { DinteroCheckoutError, logError } from "./errors.ts";
import { CheckoutErrorEvent, RedirectEvent } from "./events.ts";

/** Leaves the page. Relative addresses are resolved against the element's base URL. @throws `unsafe-href` */
export function follow(href: string, element: HTMLElement): void {
  const url = safeHref(href, element);
  if (!url) throw unsafeHref(href);
  location.assign(url);
}

/** Leaves the page for an outcome's address. An unsafe one is an error beside the outcome. Returns whether it leaves. */
export function followOutcome(href: string, element: HTMLElement, host: AttemptHost): boolean {
  const url = safeHref(href, element);
  if (url) location.assign(url);
  else reportUnsafe(href, host);
  return url !== null;
}

/** The checkout sends the whole page to another address, to a bank for instance: the page may prevent it. */
export function followNavigation(href: string, element: HTMLElement, host: AttemptHost): void {
  const url = safeHref(href, element);
  if (!url) return reportUnsafe(href, host);
  if (host.dispatch(new RedirectEvent(url))) location.assign(url);
}

/** The checkout, or the panel of its outcome, stays. */
function reportUnsafe(href: string, host: AttemptHost): void {
  const error = unsafeHref(href);
  host.update({ error });
  if (host.dispatch(new CheckoutErrorEvent(error))) logError(error);
}

function unsafeHref(href: string): DinteroCheckoutError {
  return new DinteroCheckoutError("unsafe-href", { what: `"${href}" is not safe to follow.` });
}
