/** What is known of the payment on the return page. */
export type ReturnStatus = "paid" | "on-hold" | "failed" | "cancelled" | "pending";

/**
 * Where `<dintero-return>` stands: being asked (`asking`), being asked on although the payment is already known to be
 * on hold (`reviewing`), or a status at rest.
 */
export type ReturnState = "asking" | "reviewing" | ReturnStatus;

/** The status that a state shows, and comes to rest in when the asking ends without a final answer. */
export function statusOf(state: ReturnState): ReturnStatus {
  return state === "asking" ? "pending" : state === "reviewing" ? "on-hold" : state;
}

const final: readonly unknown[] = ["paid", "failed", "cancelled"] satisfies ReturnStatus[];

/** Whether a status stays as it is, so that nothing is asked any more. */
export function isFinal(status: unknown): boolean {
  return final.includes(status);
}

/** For what comes from outside: an endpoint's answer, the session storage. */
export function isStatus(value: unknown): value is ReturnStatus {
  return isFinal(value) || value === "on-hold" || value === "pending";
}
