import type { TransactionStatus } from "../dintero/transaction-status.ts";

/** What `<dintero-return>` shows. */
export type PaymentStatus = "paid" | "on-hold" | "pending" | "failed" | "cancelled";

const paymentStatuses: Readonly<Record<TransactionStatus, PaymentStatus>> = {
  AUTHORIZED: "paid",
  PARTIALLY_CAPTURED: "paid",
  PARTIALLY_CAPTURED_REFUNDED: "paid",
  CAPTURED: "paid",
  PARTIALLY_REFUNDED: "paid",
  REFUNDED: "paid",
  ON_HOLD: "on-hold",
  INITIATED: "pending",
  UNKNOWN: "pending",
  DECLINED: "failed",
  FAILED: "failed",
  AUTHORIZATION_VOIDED: "cancelled",
};

/** A status that Dintero adds later is not an outcome: `pending`. */
export function paymentStatusOf(status: string): PaymentStatus {
  return Object.hasOwn(paymentStatuses, status) ? paymentStatuses[status as TransactionStatus] : "pending";
}
