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

const over = /^(paid|on-hold|failed|cancelled|expired)$/;

/** What can become what: from, to. */
const moves = [
  // an attempt begins, or something is in the way: at any time
  [/./, /^(idle|creating|loading|redirecting|error)$/],
  // a frame is there, and may say anything; even behind an error, when it was only late
  [/^(ready|locked|validating|loading|error)$/, /./],
  // however it goes, another tab can tell
  [/^redirecting$/, over],
] as const;

/** The wanted state where it can follow; else the same one. */
export function nextState(state: CheckoutState, wanted: CheckoutState): CheckoutState {
  return moves.some(([from, to]) => from.test(state) && to.test(wanted)) ? wanted : state;
}

/** Whether nothing more comes by itself: only a new session begins anew. */
export function isOver(state: CheckoutState): boolean {
  return over.test(state);
}

/** What was paid stays so, also when the element is taken from the page and put back. */
export function isPaid(state: CheckoutState): boolean {
  return state === "paid" || state === "on-hold";
}
