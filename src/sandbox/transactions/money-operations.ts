import type { PartialItem } from "../../dintero/partial-item.ts";
import type { TransactionCorrection, TransactionEventError } from "../../dintero/transaction-event.ts";
import type { TransactionStatus } from "../../dintero/transaction-status.ts";
import { SandboxError } from "../errors.ts";
import type { MoneyRequest } from "../requests.ts";
import type { Transaction, TransactionEvent } from "../transaction.ts";
import type { Operation, PendingOperation } from "../pending-operation.ts";
import { totals, totalsPending } from "./totals.ts";

/** An event as an operation makes it, before it has an id and a time. */
export interface NewEvent {
  readonly id?: string;
  readonly event: TransactionEvent["event"];
  readonly transaction_status: TransactionStatus;
  /** Default true. */
  readonly success?: boolean;
  readonly amount?: number;
  readonly items?: readonly PartialItem[];
  readonly event_reference?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly request_id?: string;
  readonly correlation_request_id?: string;
  readonly error?: TransactionEventError;
  readonly correction?: TransactionCorrection;
}

/** What an operation would do to a transaction. */
export interface OperationOn {
  readonly transaction: Transaction;
  readonly request: MoneyRequest;
  /** Operations that were accepted before and are not done yet. */
  readonly pending?: readonly PendingOperation[] | undefined;
}

/** The events of an operation that is done at once, or a refusal. */
export const eventsOf: Readonly<Record<Operation, (on: OperationOn) => NewEvent[]>> = {
  CAPTURE: capture,
  REFUND: refund,
  VOID: voidRest,
};

/** Payment methods whose authorization can be voided after a part was captured. */
const voidableAfterCapture: readonly string[] = [
  "payex.creditcard",
  "payex.mobilepay",
  "payex.vipps",
  "payex.applepay",
  "payex.clicktopay",
  "payex.googlepay",
  "vipps",
  "klarna.klarna",
  "klarna.billie",
];

function capture({ transaction, request, pending }: OperationOn): NewEvent[] {
  requireStatus(transaction, ["AUTHORIZED", "PARTIALLY_CAPTURED", "PARTIALLY_CAPTURED_REFUNDED"], "captured");
  const { captured, refunded, voided } = totals(transaction);
  const left = transaction.amount - captured - voided - totalsPending(pending).captured;
  requireAmount(transaction, request.amount, { left, done: "captured" });
  const total = captured + request.amount;
  const status = statusAfterCapture(transaction.amount, total, refunded);
  const event: NewEvent = { event: "CAPTURE", transaction_status: status, ...noted(transaction, request) };
  const final = request.final_capture === true && transaction.payment_product === "dintero_psp";
  const rest = left - request.amount;
  return final && rest > 0 ? [event, { event: "VOID", amount: rest, transaction_status: status }] : [event];
}

function refund({ transaction, request, pending }: OperationOn): NewEvent[] {
  requireStatus(
    transaction,
    ["CAPTURED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "PARTIALLY_CAPTURED_REFUNDED"],
    "refunded",
  );
  const { captured, refunded } = totals(transaction);
  const left = captured - refunded - totalsPending(pending).refunded;
  requireAmount(transaction, request.amount, { left, done: "refunded" });
  const status = statusAfterRefund(transaction.amount, captured, refunded + request.amount);
  return [{ event: "REFUND", transaction_status: status, ...noted(transaction, request) }];
}

function voidRest({ transaction }: OperationOn): NewEvent[] {
  const { captured, voided } = totals(transaction);
  const rest = transaction.amount - captured - voided;
  if (transaction.status === "PARTIALLY_CAPTURED") {
    if (rest > 0 && voidableAfterCapture.includes(transaction.payment_product_type))
      // What the status is afterwards is not documented; the money that was captured stays.
      return [{ event: "VOID", amount: rest, transaction_status: transaction.status }];
    throw wrongStatus(transaction, "voided");
  }
  requireStatus(transaction, ["INITIATED", "AUTHORIZED"], "voided");
  return [{ event: "VOID", amount: rest, transaction_status: "AUTHORIZATION_VOIDED" }];
}

/** Refuses an operation in a status that does not allow it. */
export function requireStatus(
  transaction: Transaction,
  statuses: readonly TransactionStatus[],
  done: string,
): void {
  if (!statuses.includes(transaction.status)) throw wrongStatus(transaction, done);
}

function wrongStatus({ status }: Transaction, done: string): SandboxError {
  return new SandboxError(400, "invalid_status", `A transaction that is ${status} cannot be ${done}`);
}

function requireAmount(
  transaction: Transaction,
  amount: number,
  { left, done }: { readonly left: number; readonly done: string },
): void {
  if (amount > left)
    throw new SandboxError(400, "invalid_amount", `Only ${Math.max(left, 0)} can still be ${done}`, [
      { code: "maximum", path: "amount", message: `amount must be at most ${Math.max(left, 0)}` },
    ]);
  if (amount === 0 && transaction.amount > 0)
    throw new SandboxError(400, "invalid_amount", `Nothing would be ${done}`, [
      { code: "minimum", path: "amount", message: "amount must be at least 1" },
    ]);
}

function statusAfterCapture(amount: number, captured: number, refunded: number): TransactionStatus {
  if (captured < amount) return refunded ? "PARTIALLY_CAPTURED_REFUNDED" : "PARTIALLY_CAPTURED";
  return refunded ? "PARTIALLY_REFUNDED" : "CAPTURED";
}

function statusAfterRefund(amount: number, captured: number, refunded: number): TransactionStatus {
  if (captured < amount) return "PARTIALLY_CAPTURED_REFUNDED";
  return refunded < captured ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

/** What of a request its event keeps. */
export function noted(
  transaction: Transaction,
  { amount, items, capture_reference, refund_reference, metadata }: MoneyRequest,
): Pick<NewEvent, "amount" | "items" | "event_reference" | "metadata"> {
  const ofOrder = transaction.metadata?.["event_reference"];
  const event_reference = capture_reference ?? refund_reference ?? (ofOrder as string | undefined);
  return {
    amount,
    ...(items && { items }),
    ...(event_reference !== undefined && { event_reference }),
    ...(metadata && { metadata }),
  };
}
