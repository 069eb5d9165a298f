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

const begin: readonly CheckoutState[] = ["idle", "creating", "loading", "redirecting", "error"];
/** However it goes, once a session is known. */
const leaving: readonly CheckoutState[] = [...begin, "paid", "on-hold", "failed", "cancelled", "expired"];
/** A frame is there, and may speak; even behind an error, when it was only late. */
const open: readonly CheckoutState[] = [...leaving, "ready", "locked", "validating"];

/** What each state can become. */
const moves: Record<CheckoutState, readonly CheckoutState[]> = {
  idle: begin,
  creating: begin,
  loading: open,
  ready: open,
  locked: open,
  validating: open,
  error: open,
  redirecting: leaving,
  paid: begin,
  "on-hold": begin,
  failed: begin,
  cancelled: begin,
  expired: begin,
};

/** The wanted state where it can follow; else the same one. */
export function nextState(state: CheckoutState, wanted: CheckoutState): CheckoutState {
  return moves[state].includes(wanted) ? wanted : state;
}

/** Whether nothing more comes by itself: only a new session begins anew. */
export function isOver(state: CheckoutState): boolean {
  return isPaid(state) || /^(failed|cancelled|expired)$/.test(state);
}

/** What was paid stays so, also when the element is taken from the page and put back. */
export function isPaid(state: CheckoutState): boolean {
  return state === "paid" || state === "on-hold";
}
