import type { SandboxParts } from "../sandbox-parts.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Transaction, TransactionCard } from "../transaction.ts";

/** The transaction with the parts in `includes`, the only way to get tokens. */
export function readTransaction(
  { transactions, savedCards }: Pick<SandboxParts, "transactions" | "savedCards">,
  record: SessionRecord,
  includes: readonly string[],
): Transaction {
  const transaction = transactions.of(record);
  const { session, systemHeaders } = record;
  const saved = savedCards.get(transaction.card?.payment_token_id);
  const card: TransactionCard | undefined = transaction.card &&
    saved && {
      ...transaction.card,
      ...(includes.includes("card.payment_token") && { payment_token: saved.payment_token }),
      ...(includes.includes("card.recurrence_token") && { recurrence_token: saved.recurrence_token }),
    };
  return {
    ...transaction,
    ...(card && { card }),
    ...(includes.includes("events.success.true") && {
      events: transaction.events.filter(({ success }) => success),
    }),
    ...(includes.includes("session.events.latest") && {
      session: { ...session, events: session.events.slice(-1) },
    }),
    ...(includes.includes("session") && { session }),
    ...(includes.includes("initiating_system_request_headers") && {
      initiating_system_request_headers: systemHeaders ?? {},
    }),
  };
}
