import type { Address } from "../../dintero/address.ts";
import { listPage, type Filters } from "../list-query.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Transaction } from "../transaction.ts";

/** A session that has a transaction. */
interface Paid {
  readonly record: SessionRecord;
  readonly transaction: Transaction;
}

const filters: Filters<Paid> = {
  idOf: ({ transaction }) => transaction.id,
  others: ["includes"],
  repeatable: {
    id: ({ transaction }) => transaction.id,
    session_id: ({ transaction }) => transaction.session_id,
    status: ({ transaction }) => transaction.status,
    payment_product: ({ transaction }) => transaction.payment_product,
    payment_product_type: ({ transaction }) => transaction.payment_product_type,
    card_brand: ({ transaction }) => transaction.card?.brand,
    store_id: ({ transaction }) => storeOf(transaction)?.id,
    currency: ({ transaction }) => transaction.currency,
    token_id: ({ transaction }) => transaction.card?.payment_token_id,
    // Nothing of the sandbox is ever paid out.
    payout_correlation_id: () => undefined,
  },
  single: {
    merchant_reference: ({ transaction }) => transaction.merchant_reference,
    merchant_reference_2: ({ transaction }) => transaction.merchant_reference_2,
    customer_id: ({ transaction }) => transaction.customer?.customer_id,
    payment_operation: ({ record }) => record.session["payment_operation"],
    payout_destination_id: ({ transaction }) => transaction["payout_destination_id"],
    amount: ({ transaction }) => transaction.amount,
    terminal_id: ({ transaction }) => storeOf(transaction)?.terminal_id,
    channel: ({ transaction }) => transaction["channel"],
  },
  amounts: { amount: ({ transaction }) => transaction.amount },
  times: {
    created_at: ({ transaction }) => transaction.created_at,
    captured_at: ({ transaction }) => timeOf(transaction, "CAPTURE"),
    refunded_at: ({ transaction }) => timeOf(transaction, "REFUND"),
  },
  searchable: ({ transaction }) => {
    const { shipping_address, billing_address, customer, card } = transaction;
    const addresses = [shipping_address, billing_address].filter((address) => address !== undefined);
    return [
      ...[transaction.id, transaction.session_id, card?.payment_token_id],
      ...[transaction.merchant_reference, transaction.merchant_reference_2],
      ...[...addresses, customer].flatMap((person) => [person?.email, person?.phone_number]),
      ...addresses.map(nameOf),
    ];
  },
};

/** Sessions whose transactions match, newest first, as one page. */
export function listTransactions(
  records: readonly SessionRecord[],
  query: URLSearchParams,
): readonly SessionRecord[] {
  const paid = records.flatMap((record) =>
    record.transaction ? [{ record, transaction: record.transaction }] : [],
  );
  return listPage(paid.reverse(), query, filters).map(({ record }) => record);
}

function storeOf(
  transaction: Transaction,
): { readonly id?: unknown; readonly terminal_id?: unknown } | undefined {
  return transaction["store"] as ReturnType<typeof storeOf>;
}

function nameOf({ first_name, last_name }: Address): string {
  return `${first_name} ${last_name}`;
}

function timeOf({ events }: Transaction, name: string): string | undefined {
  return events.findLast(({ event, success }) => event === name && success)?.created_at;
}
