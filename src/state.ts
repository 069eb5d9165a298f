/**
 * Where a checkout stands.
 *
 * - `idle` not started, or removed from the page
 * - `creating` asking the endpoint for a session
 * - `loading` the frame is open and has given no sign of life yet
 * - `ready` the shopper can pay
 * - `locked` the session is locked for an update by the merchant
 * - `validating` the page is asked whether the payment may go ahead
 * - `paid`, `on-hold`, `failed`, `cancelled`, `expired` it is over
 * - `redirecting` on the way to Dintero's own page
 * - `error` something is in the way; see the `error` property
 */
export type CheckoutState =
  | "idle"
  | "creating"
  | "loading"
  | "ready"
  | "locked"
  | "validating"
  | "paid"
  | "on-hold"
  | "failed"
  | "cancelled"
  | "expired"
  | "redirecting"
  | "error";

/** What an attempt begins with, and what it can come to at any time. */
const always = /^(idle|creating|loading|redirecting|error)$/;
/** A frame is there, and may say anything; even behind an error, when it was only late. */
const framed = /^(loading|ready|locked|validating|error)$/;

/** The wanted state where it can follow; else the same one. */
export function nextState(state: CheckoutState, wanted: CheckoutState): CheckoutState {
  // However a redirect goes, another tab can tell.
  const can = always.test(wanted) || framed.test(state) || (state === "redirecting" && isOver(wanted));
  return can ? wanted : state;
}

/** Whether nothing more comes by itself: only a new session begins anew. */
export function isOver(state: CheckoutState): boolean {
  return isPaid(state) || /^(failed|cancelled|expired)$/.test(state);
}

/** What was paid stays so, also when the element is taken from the page and put back. */
export function isPaid(state: CheckoutState): boolean {
  return state === "paid" || state === "on-hold";
}
