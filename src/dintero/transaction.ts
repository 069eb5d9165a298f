import type { Address } from "./address.ts";
import type { Customer } from "./customer.ts";
import type { MinorUnits } from "./money.ts";
import type { Order, OrderItem } from "./order.ts";
import type { ShippingOption } from "./shipping-option.ts";
import type { TransactionEvent } from "./transaction-event.ts";
import type { TransactionStatus } from "./transaction-status.ts";

/** `GET /transactions/{id}`. Times are ISO 8601. */
export interface Transaction {
  readonly id: string;
  readonly session_id: string;
  readonly status: TransactionStatus | (string & {});
  readonly amount: MinorUnits;
  readonly currency: string;
  readonly merchant_reference: string;
  readonly merchant_reference_2?: string;
  readonly payment_product?: string;
  /** Such as `payex.creditcard`. */
  readonly payment_product_type?: string;
  /** The order's items, and its shipping option as one more line. */
  readonly items?: readonly OrderItem[];
  readonly events?: readonly TransactionEvent[];
  readonly shipping_option?: ShippingOption;
  readonly shipping_address?: Address;
  readonly billing_address?: Address;
  readonly customer?: Customer;
  readonly gift_cards?: Order["gift_cards"];
  readonly card?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly [field: string]: unknown;
}

/** `PUT /transactions/{id}`: all that can be changed. */
export interface TransactionUpdate {
  readonly merchant_reference_2?: string;
  readonly [field: string]: unknown;
}
