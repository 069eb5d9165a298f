/**
 * Where a checkout stands.
 *
 * - `idle` not started, or removed from the page
 * - `creating` the endpoint is creating a session
 * - `loading` the frame is open and has not sent a message yet
 * - `ready` the shopper can pay
 * - `locked` the session is locked for an update by the merchant
 * - `validating` the page decides whether the payment may continue
 * - `paid`, `on-hold`, `failed`, `cancelled`, `expired` it is over
 * - `redirecting` the browser is leaving for Dintero's own page
 * - `error` something went wrong; see the `error` property
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

/** In these the frame is open and takes commands. */
const open: readonly CheckoutState[] = ["ready", "locked", "validating"];
/** In these the session is over: only a new one starts again. */
const outcomes: readonly CheckoutState[] = ["paid", "on-hold", "failed", "cancelled", "expired"];
/** Possible at any time: a start, a removal, an error. */
const always: readonly CheckoutState[] = ["idle", "creating", "loading", "redirecting", "error"];
/** A frame is there, and may send anything; behind an error too, when it was only slow. */
const withFrame = [...always, ...open, ...outcomes];

const transitions: Readonly<Record<CheckoutState, readonly CheckoutState[]>> = {
  idle: always,
  creating: always,
  loading: withFrame,
  ready: withFrame,
  locked: withFrame,
  validating: withFrame,
  error: withFrame,
  // The outcome may come from another tab.
  redirecting: [...always, ...outcomes],
  paid: always,
  "on-hold": always,
  failed: always,
  cancelled: always,
  expired: always,
};

/** Whether the table allows it. One that is not allowed has no effect, but a warning in development. */
export function canBecome(from: CheckoutState, to: CheckoutState): boolean {
  const isAllowed = transitions[from].includes(to);
  if (!isAllowed) warnInDevelopment(`<dintero-checkout> stays "${from}": it cannot become "${to}".`);
  return isAllowed;
}

/** Lit's development build keeps this set of the warnings that it has issued. In production there is none. */
function warnInDevelopment(warning: string): void {
  const { litIssuedWarnings: issued } = globalThis as { litIssuedWarnings?: Set<string> };
  if (!issued || issued.has(warning)) return;
  issued.add(warning);
  console.warn(warning);
}

/** Whether the frame is open and takes commands. */
export function isOpen(state: CheckoutState): boolean {
  return open.includes(state);
}

/** The state of an open frame that shows this session. */
export function stateOfSession(session: { readonly pay_lock?: unknown }): "locked" | "ready" {
  return session.pay_lock ? "locked" : "ready";
}

/** Whether the session is over: only a new one starts again. */
export function isOver(state: CheckoutState): boolean {
  return outcomes.includes(state);
}

/** A payment that was made stays so, also when the element is removed from the page and put back. */
export function isPaidOrOnHold(state: CheckoutState): boolean {
  return state === "paid" || state === "on-hold";
}
