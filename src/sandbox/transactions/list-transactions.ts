import { SandboxError } from "../errors.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Transaction } from "../transaction.ts";

/** A session that has a transaction. */
interface Paid {
  readonly record: SessionRecord;
  readonly transaction: Transaction;
}

/** What a filter compares, of one transaction. */
type Read = (paid: Paid) => unknown;

/** Filters that may repeat: one of their values must match. */
const repeatable: Readonly<Record<string, Read>> = {
  id: ({ transaction }) => transaction.id,
  session_id: ({ transaction }) => transaction.session_id,
  status: ({ transaction }) => transaction.status,
  payment_product: ({ transaction }) => transaction.payment_product,
  payment_product_type: ({ transaction }) => transaction.payment_product_type,
  card_brand: ({ transaction }) => transaction.card?.brand,
  store_id: ({ transaction }) => (transaction["store"] as { id?: unknown } | undefined)?.id,
  currency: ({ transaction }) => transaction.currency,
  token_id: ({ transaction }) => transaction.card?.payment_token_id,
  // Nothing of the sandbox is ever paid out.
  payout_correlation_id: () => undefined,
};

const single: Readonly<Record<string, Read>> = {
  merchant_reference: ({ transaction }) => transaction.merchant_reference,
  merchant_reference_2: ({ transaction }) => transaction.merchant_reference_2,
  customer_id: ({ transaction }) => transaction.customer?.customer_id,
  payment_operation: ({ record }) => record.session["payment_operation"],
  payout_destination_id: ({ transaction }) => transaction["payout_destination_id"],
  amount: ({ transaction }) => transaction.amount,
};

/** Filters with `.gte` and `.lte`. */
const ranges: Readonly<Record<string, (paid: Paid) => number | undefined>> = {
  amount: ({ transaction }) => transaction.amount,
  created_at: ({ transaction }) => Date.parse(transaction.created_at),
  captured_at: ({ transaction }) => timeOf(transaction, "CAPTURE"),
  refunded_at: ({ transaction }) => timeOf(transaction, "REFUND"),
};

/** Sessions whose transactions match, newest first, as one page. */
export function listTransactions(
  records: Iterable<SessionRecord>,
  query: URLSearchParams,
): readonly SessionRecord[] {
  const filters = [...new Set(query.keys())].map((name) => filterOf(name, query));
  const limit = limitOf(query.get("limit"));
  const paid: Paid[] = [];
  for (const record of records)
    if (record.transaction) paid.push({ record, transaction: record.transaction });
  const found = paid.reverse().filter((each) => filters.every((matches) => matches(each)));
  const after = query.get("starting_after");
  const start = after === null ? 0 : found.findIndex(({ transaction }) => transaction.id === after) + 1;
  if (after !== null && start === 0)
    throw invalid("starting_after must be the id of a transaction of the page before");
  return found.slice(start, start + limit).map(({ record }) => record);
}

function filterOf(name: string, query: URLSearchParams): (paid: Paid) => boolean {
  const values = query.getAll(name);
  const [value = ""] = values;
  if (["limit", "starting_after", "includes"].includes(name)) return () => true;
  if (name === "search") return (paid) => searchable(paid).includes(value.toLowerCase());
  const [field = "", bound] = name.split(/\.(?=gte$|lte$)/);
  const range = ranges[field];
  if (bound && range) {
    const limit = field === "amount" ? Number(value) : Date.parse(value);
    if (Number.isNaN(limit))
      throw invalid(
        `${name} must be ${field === "amount" ? "a whole number" : "a time, as in 2026-11-22T20:00:00Z"}`,
      );
    return (paid) => {
      const read = range(paid);
      return read !== undefined && (bound === "gte" ? read >= limit : read <= limit);
    };
  }
  const read = repeatable[name];
  if (read) return (paid) => values.includes(String(read(paid)));
  const readSingle = single[name];
  if (readSingle) return (paid) => String(readSingle(paid)) === value;
  throw invalid(`There is no filter ${name}; what Dintero does with unknown ones is not documented`);
}

/** Whole values that `search` finds: ids, references, phone numbers, e-mail addresses and names. */
function searchable({ transaction }: Paid): readonly string[] {
  const { shipping_address, billing_address, customer, card } = transaction;
  const people = [shipping_address, billing_address, customer].flatMap((person) => [
    person?.email,
    person?.phone_number,
  ]);
  const names = [shipping_address, billing_address].map(
    (address) => address && `${address.first_name} ${address.last_name}`,
  );
  const { id, session_id, merchant_reference, merchant_reference_2 } = transaction;
  return [
    id,
    session_id,
    merchant_reference,
    merchant_reference_2,
    card?.payment_token_id,
    ...people,
    ...names,
  ]
    .filter((value): value is string => typeof value === "string")
    .map((value) => value.toLowerCase());
}

function timeOf({ events }: Transaction, name: string): number | undefined {
  const found = events.findLast(({ event, success }) => event === name && success);
  return found && Date.parse(found.created_at);
}

function limitOf(text: string | null): number {
  const limit = Number(text ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid("limit must be a whole number from 1 to 100");
  return limit;
}

function invalid(message: string): SandboxError {
  return new SandboxError(400, "invalid_query", message);
}
