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

/** What can happen to a checkout. */
export type CheckoutSignal =
  | "stop"
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

/** However it goes, once a session is known. */
const outcomes: Moves = {
  authorized: "paid",
  "on-hold": "on-hold",
  "payment-error": "failed",
  cancel: "cancelled",
  "not-found": "expired",
};
/** A frame that speaks. */
const speaking: Moves = { ...outcomes, unlocked: "ready", locked: "locked", validate: "validating" };
const begin: Moves = { create: "creating", open: "loading", redirect: "redirecting", fail: "error" };
const restartable: Moves = { ...begin, stop: "idle" };

const moves: Record<CheckoutState, Moves> = {
  idle: begin,
  creating: { ...begin, stop: "idle" },
  loading: { ...restartable, ...speaking },
  ready: { ...restartable, ...speaking },
  locked: { ...restartable, ...speaking },
  validating: { ...restartable, ...speaking },
  redirecting: { ...restartable, ...outcomes },
  // A frame declared unreachable stays in place: it may speak after all.
  error: { ...restartable, ...speaking },
  paid: { create: "creating", open: "loading", redirect: "redirecting" },
  "on-hold": { create: "creating", open: "loading", redirect: "redirecting" },
  failed: restartable,
  cancelled: restartable,
  expired: restartable,
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
