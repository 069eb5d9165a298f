import type { Transaction, TransactionStatus } from "dintero-checkout-element/server";
import { sum } from "./catalogue.ts";
import { operationsOf, select, type Operation } from "./operation.ts";

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
  /** What was captured, refunded and voided, or will be. */
  readonly operations: readonly Operation[];
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
  const operations = operationsOf(transaction);
  const captures = select(operations, "capture", "done");
  const refunds = select(operations, "refund", "done");
  return {
    transactionId: transaction.id,
    sessionId: transaction.session_id,
    status: transaction.status,
    amount: transaction.amount,
    captured: sum(captures),
    refunded: sum(refunds),
    operations,
    capturedLines: captures.flatMap(({ lineIds }) => lineIds),
    refundedLines: refunds.flatMap(({ lineIds }) => lineIds),
    method: transaction.payment_product_type,
  };
}
