import type { Transaction } from "../transaction.ts";
import type { PendingOperation } from "../pending-operation.ts";

/** How much of a transaction went where so far. */
export interface Totals {
  readonly captured: number;
  readonly refunded: number;
  /** Of an authorization that was not captured as a whole. */
  readonly voided: number;
}

/** What the events of a transaction add up to; those that failed (and were not corrected), or only began, do not count. */
export function totals(transaction: Pick<Transaction, "events">): Totals {
  const sum = (name: string) =>
    transaction.events
      .filter(
        ({ event, success, id, correction }) =>
          event === name && (success || correction?.event_ids?.includes(id)),
      )
      .reduce((total, { amount = 0 }) => total + amount, 0);
  return { captured: sum("CAPTURE"), refunded: sum("REFUND"), voided: sum("VOID") };
}

/** What was accepted (202) and is not done yet. */
export function totalsPending(pending: readonly PendingOperation[] = []): Omit<Totals, "voided"> {
  const sum = (name: string) =>
    pending
      .filter(({ operation }) => operation === name)
      .reduce((total, { request }) => total + request.amount, 0);
  return { captured: sum("CAPTURE"), refunded: sum("REFUND") };
}
