import type { Line } from "./catalogue.ts";
import type { Payment } from "./payment.ts";

/**
 * - `open`: no money yet. A declined or cancelled attempt leaves the order open: the shopper may try again.
 * - `on-hold`: an open order with a payment that Dintero is still checking.
 * - `paid`: the server has read an authorized transaction that is this order's.
 * - `cancelled`: will not be paid; a payment that arrives anyway is returned.
 */
export type OrderStatus = "open" | "on-hold" | "paid" | "cancelled";

/** A transaction that is not the order's payment although it came from one of its sessions. */
export type Extra = Payment & { readonly problem: string };

export interface OrderSession {
  readonly id: string;
  readonly url: string;
  readonly returnUrl: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly state: "open" | "used" | "over";
}

export interface NewOrder {
  readonly shopper: string;
  readonly flow: "plain" | "express";
  /** Of an express order once paid: with discounts and shipping. */
  readonly lines: readonly Line[];
  readonly currency: string;
}

export interface Order extends NewOrder {
  /** The merchant reference. */
  readonly id: string;
  readonly status: OrderStatus;
  /** In minor units; of an express order before it is paid: without shipping. */
  readonly amount: number;
  /** Where an express order goes to, as one line. */
  readonly address: string | undefined;
  readonly sessions: readonly OrderSession[];
  /** The transaction that paid it. */
  readonly transactionId: string | undefined;
  /** The payment as last read; of an order that is not paid, the last attempt. */
  readonly payment: Payment | undefined;
  readonly extras: readonly Extra[];
  readonly history: readonly { readonly at: number; readonly text: string }[];
}
