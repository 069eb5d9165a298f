import type { MoneyRequest } from "./requests.ts";

/** Something that moves money. */
export type Operation = "CAPTURE" | "REFUND" | "VOID";

/** Whether an event is one of an operation that was done. */
export function isOperation(event: string): event is Operation {
  return event === "CAPTURE" || event === "REFUND" || event === "VOID";
}

/** What is to be captured, refunded or voided. A void has no amount of its own: 0. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly request: MoneyRequest;
}

/**
 * The operation's event has `success: false`, and a correction says that it was done all the same: on the event itself,
 * or `after` ms later on an event of its own.
 */
export interface Correction {
  readonly after?: number;
}

/** An operation that was accepted with 202, as its `INITIATE_…` event shows. */
export interface PendingOperation extends OperationRequest {
  /** `request_id` of that event. */
  readonly requestId: string;
  /** It will not succeed. */
  readonly fails: boolean;
  readonly correction?: Correction;
}
