import { randomId } from "../ids.ts";
import type { Transaction, TransactionEvent } from "../transaction.ts";
import type { NewEvent } from "./money-operations.ts";

export interface TransactionChange {
  readonly events: readonly NewEvent[];
  readonly fields: Partial<Transaction>;
  /** The time of the change, ISO 8601. */
  readonly now: string;
}

/** The transaction after these events, the last of which decides its status. */
export function withEvents(
  transaction: Transaction,
  { events, fields, now }: TransactionChange,
): Transaction {
  const added = events.map((event): TransactionEvent => ({
    ...{ id: randomId(12), created_at: now, success: true, metadata: {}, request_id: randomId() },
    ...event,
  }));
  return {
    ...{ ...transaction, ...fields },
    status: added.at(-1)?.transaction_status ?? transaction.status,
    updated_at: now,
    events: [...transaction.events, ...added],
  };
}
