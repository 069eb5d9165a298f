import type { MinorUnits, OrderItem } from "./session.ts";

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

/** A transaction as Dintero tells it. */
export interface Transaction {
  readonly id: string;
  readonly status: TransactionStatus;
  readonly amount: MinorUnits;
  readonly currency: string;
  readonly merchant_reference: string;
  readonly session_id: string;
  readonly payment_product_type?: string;
  readonly items?: readonly OrderItem[];
  readonly events?: readonly unknown[];
  readonly [field: string]: unknown;
}

/** The part of an item that is captured or refunded. */
export interface PartialItem {
  /** `line_id` of the order's item. */
  readonly line_id: string;
  readonly amount: MinorUnits;
  readonly id?: string;
  readonly quantity?: number;
  readonly [field: string]: unknown;
}

export interface Capture {
  /** Positive; less than was authorized is a partial capture. */
  readonly amount: MinorUnits;
  readonly capture_reference?: string;
  readonly items?: readonly PartialItem[];
}

export interface Refund {
  /** Positive; less than was captured is a partial refund. */
  readonly amount: MinorUnits;
  readonly reason?: string;
  readonly refund_reference?: string;
  readonly items?: readonly PartialItem[];
}
