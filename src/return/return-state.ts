/** What is known of the payment on the return page. */
export type ReturnStatus = "paid" | "on-hold" | "failed" | "cancelled" | "pending";

/**
 * Where `<dintero-return>` stands: a status that is shown, or a request under way. `checking` shows "pending";
 * `reviewing` shows "on-hold", for a payment that is known to be on hold and requested again.
 */
export type ReturnState = "checking" | "reviewing" | ReturnStatus;

const shown: Readonly<Record<ReturnState, ReturnStatus>> = {
  checking: "pending",
  reviewing: "on-hold",
  paid: "paid",
  "on-hold": "on-hold",
  failed: "failed",
  cancelled: "cancelled",
  pending: "pending",
};

const final: Readonly<Record<ReturnStatus, boolean>> = {
  paid: true,
  failed: true,
  cancelled: true,
  "on-hold": false,
  pending: false,
};

/** The status that a state shows. */
export function statusOf(state: ReturnState): ReturnStatus {
  return shown[state];
}

/** Whether a status does not change any more. */
export function isFinal(status: ReturnStatus): boolean {
  return final[status];
}

/** For values from outside: an endpoint's answer, the session storage. */
export function isStatus(value: unknown): value is ReturnStatus {
  return typeof value === "string" && Object.hasOwn(final, value);
}
