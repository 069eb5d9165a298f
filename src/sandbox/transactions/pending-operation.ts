import type { MoneyRequest } from "../schemas/transaction-schema.ts";

/** Something that moves money. */
export type Operation = "CAPTURE" | "REFUND" | "VOID";

/** Whether an event is one of an operation that was done. */
export function isOperation(event: string): event is Operation {
  return event === "CAPTURE" || event === "REFUND" || event === "VOID";
}

/** An operation that was accepted with 202, as its `INITIATE_…` event says. */
export interface PendingOperation {
  /** `request_id` of that event. */
  readonly requestId: string;
  readonly operation: Operation;
  readonly request: MoneyRequest;
  /** It will not succeed. */
  readonly fails: boolean;
}
