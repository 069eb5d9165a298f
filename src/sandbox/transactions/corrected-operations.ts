import { randomId } from "../ids.ts";
import type { Transaction } from "../transaction.ts";
import type { NewEvent } from "./money-operations.ts";
import { totals } from "./totals.ts";

const error = { code: "provider_error", message: "The payment provider's answer was lost" };

/** The event that looks failed, and carries its own correction. */
export function correctedEvent(transaction: Transaction, done: NewEvent): NewEvent {
  const id = randomId(12);
  return { ...done, id, success: false, error, correction: correctionOf(transaction, { done, id }) };
}

/** The event that failed as far as anybody knows, and the one that corrects it later. */
export function eventsCorrectedLater(
  transaction: Transaction,
  done: NewEvent,
): readonly [failed: NewEvent, corrects: NewEvent] {
  const id = randomId(12);
  return [
    { ...done, id, success: false, error, transaction_status: transaction.status },
    { ...done, correction: correctionOf(transaction, { done, id }) },
  ];
}

function correctionOf(
  transaction: Transaction,
  { done, id }: { readonly done: NewEvent; readonly id: string },
): NonNullable<NewEvent["correction"]> {
  const before = totals(transaction);
  const added = (event: NewEvent["event"]) => (done.event === event ? (done.amount ?? 0) : 0);
  const captured = before.captured + added("CAPTURE");
  const rest = transaction.amount - captured - before.voided - added("VOID");
  return {
    event_ids: [id],
    status: done.transaction_status,
    remaining_capture_amount: rest,
    remaining_refund_amount: captured - before.refunded - added("REFUND"),
    remaining_void_amount: captured > 0 ? 0 : rest,
  };
}
