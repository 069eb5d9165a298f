import type { Item, LogEntry } from "./session.ts";

export type TransactionStatus =
  | "INITIALIZED"
  | "AUTHORIZED"
  | "ON_HOLD"
  | "CAPTURED"
  | "PARTIALLY_CAPTURED"
  | "PARTIALLY_CAPTURED_REFUNDED"
  | "REFUNDED"
  | "PARTIALLY_REFUNDED"
  | "AUTHORIZATION_VOIDED"
  | "DECLINED"
  | "FAILED"
  | "UNKNOWN";

/** Something that was done with the money. */
export interface TransactionEvent extends LogEntry {
  readonly event: "INITIALIZE" | "AUTHORIZE" | "ON_HOLD" | "DECLINE" | "FAIL" | "CAPTURE" | "REFUND" | "VOID";
  readonly transaction_status: TransactionStatus;
  readonly items?: readonly Item[];
  readonly capture_reference?: string;
  readonly refund_reference?: string;
  readonly reason?: string;
}

/** A transaction as Dintero answers it. Amounts are integers in the currency's smallest unit. */
export interface Transaction {
  readonly id: string;
  readonly session_id: string;
  readonly status: TransactionStatus;
  readonly amount: number;
  readonly currency: string;
  readonly merchant_reference: string;
  readonly payment_product: string;
  readonly payment_product_type: string;
  readonly items: readonly Item[];
  readonly events: readonly TransactionEvent[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly card?: { readonly brand: string; readonly masked_pan: string };
  readonly shipping_option?: object;
  readonly shipping_address?: object;
}

/** How much of a transaction went where so far. */
export function totals(transaction: Transaction): { captured: number; refunded: number } {
  let captured = 0;
  let refunded = 0;
  for (const { event, amount = 0 } of transaction.events) {
    if (event === "CAPTURE") captured += amount;
    if (event === "REFUND") refunded += amount;
  }
  return { captured, refunded };
}

/** The status that follows from what was captured and refunded. */
export function moneyStatus(amount: number, captured: number, refunded: number): TransactionStatus {
  if (captured === 0 && amount > 0) return "AUTHORIZED";
  if (captured < amount) return refunded ? "PARTIALLY_CAPTURED_REFUNDED" : "PARTIALLY_CAPTURED";
  if (!refunded) return "CAPTURED";
  return refunded < captured ? "PARTIALLY_REFUNDED" : "REFUNDED";
}
