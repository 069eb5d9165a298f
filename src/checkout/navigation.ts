import { safeHref } from "../shared/href.ts";
import { DinteroCheckoutError } from "./errors.ts";
import { CheckoutErrorEvent, RedirectEvent } from "./events.ts";
import type { FlowHost } from "./flow-host.ts";

/** Leaves the page. Relative addresses are resolved against the element's base URL. @throws `unsafe-href` */
export function follow(href: string, element: HTMLElement): void {
  const url = safeHref(href, element);
  if (!url) throw new DinteroCheckoutError("unsafe-href", { what: `"${href}" is not safe to follow.` });
  location.assign(url);
}

/** Leaves the page for an outcome's address. An unsafe one is an error beside the outcome. Returns whether it leaves. */
export function followOutcome(href: string, element: HTMLElement, host: FlowHost): boolean {
  try {
    follow(href, element);
    return true;
  } catch (reason) {
    const error = reason as DinteroCheckoutError;
    host.update({ error });
    host.dispatch(new CheckoutErrorEvent(error));
    return false;
  }
}

/** The checkout sends the whole page to another address, to a bank for instance: the page may prevent it. */
export function followNavigation(href: string, element: HTMLElement, host: FlowHost): void {
  const url = safeHref(href, element);
  if (!url) return void followOutcome(href, element, host);
  host.dispatch(new RedirectEvent(url), () => {
    follow(url, element);
    return null;
  });
}
