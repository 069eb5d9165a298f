import type { MinorUnits } from "./money.ts";
import type { TransactionCorrection, TransactionEvent, TransactionEventError } from "./transaction-event.ts";
import type { TransactionStatus } from "./transaction-status.ts";
import type { Transaction } from "./transaction.ts";

/** What became of a capture, refund or void. */
export interface OperationResult {
  /** `pending`: accepted and not done yet, or unknown. Offer nothing again before it is `done` or `failed`. */
  readonly state: "pending" | "done" | "failed";
  /** Minor units; 0 while nothing is known of the operation. */
  readonly amount: MinorUnits;
  /** Why it failed, where Dintero says so. */
  readonly error?: TransactionEventError | undefined;
}

/** What moves money in a transaction, as its events are called. */
export type Operation = "CAPTURE" | "REFUND" | "VOID";

const operations: readonly Operation[] = ["CAPTURE", "REFUND", "VOID"];

/**
 * What became of the capture, refund or void with this `requestId`, which the call resolved with. Reads the events of
 * the transaction, corrections included: they outrank the `success` of the events they name. An id that no event has is
 * `pending`.
 */
export function operationResult(
  transaction: Pick<Transaction, "amount" | "events">,
  requestId: string,
): OperationResult {
  const events = inOrder(eventsOf(transaction));
  const own = events.filter((event) => requestId !== "" && isOfRequest(event, requestId));
  const start = own.find(({ event }) => operations.some((one) => event === `INITIATE_${one}`));
  const operation = operations.find((one) =>
    start ? start.event === `INITIATE_${one}` : own.some(({ event }) => event === one),
  );
  if (!operation) return { state: "pending", amount: 0 };
  const end = own.findLast(({ event }) => event === operation);
  const amount = end?.amount ?? start?.amount ?? 0;
  const corrected = new Set([start?.id, end?.id].filter((id) => id !== undefined));
  const correcting = events.findLast((event) => corrects(event, corrected, end ?? start));
  const others = events.filter((event) => !own.includes(event));
  const state = correcting?.correction
    ? stateAfter(correcting.correction, { operation, amount, total: transaction.amount, others })
    : stateOf(start, end);
  return state === "failed" ? { state, amount, error: end?.error ?? start?.error } : { state, amount };
}

/** The `request_id` by which `operationResult()` finds the latest operation of a kind; `""` when there is none. */
export function latestRequestId(transaction: Pick<Transaction, "events">, operation: Operation): string {
  const latest = inOrder(eventsOf(transaction)).findLast(
    ({ event, request_id }) => (event === operation || event === `INITIATE_${operation}`) && request_id,
  );
  return latest?.request_id ?? "";
}

function eventsOf({ events }: Pick<Transaction, "events">): readonly TransactionEvent[] {
  const list: readonly unknown[] = Array.isArray(events) ? events : [];
  return list.filter((event): event is TransactionEvent => typeof event === "object" && event !== null);
}

/** The oldest first, where every event has its time; else as they come. */
function inOrder(events: readonly TransactionEvent[]): readonly TransactionEvent[] {
  const time = ({ created_at }: TransactionEvent) => Date.parse(created_at ?? "");
  if (events.some((event) => Number.isNaN(time(event)))) return events;
  return [...events].sort((a, b) => time(a) - time(b));
}

function isOfRequest({ request_id, correlation_request_id }: TransactionEvent, requestId: string): boolean {
  return request_id === requestId || correlation_request_id === requestId;
}

function corrects(
  event: TransactionEvent,
  ids: ReadonlySet<string>,
  last: TransactionEvent | undefined,
): boolean {
  const named = event.correction?.event_ids ?? [];
  return (
    event.correction !== undefined && (named.some((id) => ids.has(id)) || (event === last && !named.length))
  );
}

/** An operation that could not even begin has failed as well. */
function stateOf(
  start: TransactionEvent | undefined,
  end: TransactionEvent | undefined,
): OperationResult["state"] {
  if (end) return end.success === false ? "failed" : "done";
  return start?.success === false ? "failed" : "pending";
}

/**
 * What the status in a correction says of an operation: it took place or not, it took place unless another one of its
 * kind led to this status (`part`), or nothing (`open`).
 */
const meanings: Readonly<Record<Operation, Readonly<Record<TransactionStatus, Meaning>>>> = {
  CAPTURE: {
    ...{ INITIATED: "failed", ON_HOLD: "failed", AUTHORIZED: "failed", AUTHORIZATION_VOIDED: "failed" },
    ...{ PARTIALLY_CAPTURED: "part", PARTIALLY_CAPTURED_REFUNDED: "part" },
    ...{ CAPTURED: "done", PARTIALLY_REFUNDED: "done", REFUNDED: "done" },
    ...{ DECLINED: "failed", FAILED: "failed", UNKNOWN: "open" },
  },
  REFUND: {
    ...{ INITIATED: "failed", ON_HOLD: "failed", AUTHORIZED: "failed", AUTHORIZATION_VOIDED: "failed" },
    ...{ PARTIALLY_CAPTURED: "failed", CAPTURED: "failed" },
    ...{ PARTIALLY_CAPTURED_REFUNDED: "part", PARTIALLY_REFUNDED: "part", REFUNDED: "done" },
    ...{ DECLINED: "failed", FAILED: "failed", UNKNOWN: "open" },
  },
  VOID: {
    ...{ INITIATED: "failed", ON_HOLD: "failed", AUTHORIZED: "failed", AUTHORIZATION_VOIDED: "done" },
    // The status after a void of the rest is not documented.
    ...{ PARTIALLY_CAPTURED: "open", PARTIALLY_CAPTURED_REFUNDED: "open", CAPTURED: "open" },
    ...{ PARTIALLY_REFUNDED: "open", REFUNDED: "open" },
    ...{ DECLINED: "failed", FAILED: "failed", UNKNOWN: "open" },
  },
};

type Meaning = "done" | "failed" | "part" | "open";

interface Corrected {
  readonly operation: Operation;
  readonly amount: MinorUnits;
  /** What was authorized. */
  readonly total: MinorUnits;
  /** The events of other requests. */
  readonly others: readonly TransactionEvent[];
}

function stateAfter(correction: TransactionCorrection, corrected: Corrected): OperationResult["state"] {
  const { operation, others } = corrected;
  const { status = "UNKNOWN" } = correction;
  const known = meanings[operation];
  // A status that is new decides nothing.
  const meaning = Object.hasOwn(known, status) ? known[status as TransactionStatus] : "open";
  if (meaning === "part" && !sumOf(others, operation)) return "done";
  return meaning === "part" || meaning === "open" ? stateByRest(correction, corrected) : meaning;
}

/** Whether the rest that is left leaves room for the operation; a rest that is not given decides nothing. */
function stateByRest(
  correction: TransactionCorrection,
  { operation, amount, total, others }: Corrected,
): OperationResult["state"] {
  const { remaining_capture_amount, remaining_refund_amount, remaining_void_amount } = correction;
  const [available, rest] = {
    CAPTURE: [total, remaining_capture_amount],
    REFUND: [sumOf(others, "CAPTURE"), remaining_refund_amount],
    // A void leaves nothing to be voided.
    VOID: [amount, remaining_void_amount],
  }[operation];
  if (rest === undefined) return "pending";
  return rest <= available! - sumOf(others, operation) - amount ? "done" : "failed";
}

/** What operations of a kind have moved. */
function sumOf(events: readonly TransactionEvent[], operation: Operation): MinorUnits {
  return events
    .filter(({ event, success }) => event === operation && success !== false)
    .reduce((sum, { amount = 0 }) => sum + amount, 0);
}
