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

/** What can happen to a checkout: `stop` is its removal, `reset` makes room for a new start. */
export type CheckoutSignal =
  | "stop"
  | "reset"
  | "create"
  | "open"
  | "unlocked"
  | "locked"
  | "validate"
  | "authorized"
  | "on-hold"
  | "payment-error"
  | "cancel"
  | "not-found"
  | "redirect"
  | "fail";

type Moves = Partial<Record<CheckoutSignal, CheckoutState>>;

const begin: Moves = {
  create: "creating",
  open: "loading",
  redirect: "redirecting",
  fail: "error",
  reset: "idle",
};
const running: Moves = { ...begin, stop: "idle" };
/** However it goes, once a session is known. */
const leaving: Moves = {
  ...running,
  authorized: "paid",
  "on-hold": "on-hold",
  "payment-error": "failed",
  cancel: "cancelled",
  "not-found": "expired",
};
/** A frame is there, and may speak; even behind an error, when it was only late. */
const open: Moves = { ...leaving, unlocked: "ready", locked: "locked", validate: "validating" };

const moves: Record<CheckoutState, Moves> = {
  idle: begin,
  creating: running,
  loading: open,
  ready: open,
  locked: open,
  validating: open,
  error: open,
  redirecting: leaving,
  failed: running,
  cancelled: running,
  expired: running,
  // What was paid stays so, also when the element is taken from the page and put back.
  paid: begin,
  "on-hold": begin,
};

/** The state after a signal; the same one where the signal means nothing in that state. */
export function nextState(state: CheckoutState, signal: CheckoutSignal): CheckoutState {
  return moves[state][signal] ?? state;
}

/** Whether nothing more comes by itself: only a new session begins anew. */
export function isOver(state: CheckoutState): boolean {
  return (
    state === "paid" ||
    state === "on-hold" ||
    state === "failed" ||
    state === "cancelled" ||
    state === "expired"
  );
}
