import type { Transaction, TransactionEvent, TransactionStatus } from "dintero-checkout-element/server";
import { sum } from "./catalogue.ts";

/** A transaction as the shop last read it. */
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

/** What a status means for an order. Swish, and accounts that capture at once, never show AUTHORIZED itself. */
const outcomes: Readonly<Record<TransactionStatus, "paid" | "failed" | "held" | "pending">> = {
  INITIATED: "pending",
  UNKNOWN: "pending",
  ON_HOLD: "held",
  AUTHORIZED: "paid",
  PARTIALLY_CAPTURED: "paid",
  PARTIALLY_CAPTURED_REFUNDED: "paid",
  CAPTURED: "paid",
  PARTIALLY_REFUNDED: "paid",
  REFUNDED: "paid",
  AUTHORIZATION_VOIDED: "failed",
  DECLINED: "failed",
  FAILED: "failed",
};

/** An unknown status does not count as an outcome. */
const outcomeOf = (status: string) => (outcomes as Partial<Record<string, string>>)[status];

/** AUTHORIZED or later. */
export const isPaid = (status: string) => outcomeOf(status) === "paid";

/** The payment can no longer bring money. */
export const isFailed = (status: string) => outcomeOf(status) === "failed";

/** Dintero is still checking the payment. */
export const isHeld = (status: string) => outcomeOf(status) === "held";

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
  return events.some(
    ({ event, success }) => success !== false && (event === "INITIATE_VOID" || event === "INITIATE_REFUND"),
  );
}

function successful({ events = [] }: Transaction, name: "CAPTURE" | "REFUND") {
  return events
    .filter(({ event, success }) => event === name && success !== false)
    .map(({ amount = 0, items = [] }) => ({ amount, items }));
}

function lineIds(events: readonly { readonly items: NonNullable<TransactionEvent["items"]> }[]): string[] {
  return events.flatMap(({ items }) => items.flatMap(({ line_id: id }) => id ?? []));
}
