import type { Transaction } from "dintero-checkout-element/server";
import { sum } from "./catalogue.ts";

/** What the server last read of a transaction. */
export interface Payment {
  readonly transactionId: string;
  readonly sessionId: string;
  /** As Dintero names it. */
  readonly status: string;
  /** In minor units, as the next two. */
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
  /** Line ids. */
  readonly capturedLines: readonly string[];
  readonly refundedLines: readonly string[];
  /** Dintero's payment product type. */
  readonly method: string | undefined;
}

interface TransactionEvent {
  readonly event?: string;
  readonly success?: boolean;
  readonly amount?: number;
  readonly items?: readonly { readonly line_id?: string }[];
}

/** AUTHORIZED or later: Swish, and accounts that capture at once, never show AUTHORIZED itself. */
const paidStatuses = new Set([
  "AUTHORIZED",
  "CAPTURED",
  "PARTIALLY_CAPTURED",
  "PARTIALLY_CAPTURED_REFUNDED",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
]);
const failedStatuses = new Set(["DECLINED", "FAILED", "AUTHORIZATION_VOIDED"]);

export const isPaid = (status: string) => paidStatuses.has(status);

/** No money will come of it any more. */
export const isFailed = (status: string) => failedStatuses.has(status);

/** Dintero is still checking the payment. */
export const isHeld = (status: string) => status === "ON_HOLD";

export function toPayment(transaction: Transaction): Payment {
  const captures = successful(transaction, "CAPTURE");
  const refunds = successful(transaction, "REFUND");
  return {
    transactionId: transaction.id,
    sessionId: transaction.session_id,
    status: transaction.status,
    amount: transaction.amount,
    captured: sum(captures),
    refunded: sum(refunds),
    capturedLines: lineIds(captures),
    refundedLines: lineIds(refunds),
    method: transaction.payment_product_type,
  };
}

/** Whether Dintero has accepted a void or refund that it has not finished (a 202): its status comes later. */
export function isBeingReturned({ events = [] }: Transaction): boolean {
  return (events as readonly TransactionEvent[]).some(
    ({ event, success }) => success !== false && (event === "INITIATE_VOID" || event === "INITIATE_REFUND"),
  );
}

function successful({ events = [] }: Transaction, name: "CAPTURE" | "REFUND") {
  return (events as readonly TransactionEvent[])
    .filter(({ event, success }) => event === name && success !== false)
    .map(({ amount = 0, items = [] }) => ({ amount, items }));
}

function lineIds(events: readonly { readonly items: NonNullable<TransactionEvent["items"]> }[]): string[] {
  return events.flatMap(({ items }) => items.flatMap(({ line_id: id }) => id ?? []));
}
