import type { OrderItem } from "../dintero/order.ts";
import type { TransactionEvent as DinteroEvent, TransactionEventName } from "../dintero/transaction-event.ts";
import type { TransactionStatus } from "../dintero/transaction-status.ts";
import type { Transaction as DinteroTransaction } from "../dintero/transaction.ts";

/** One of a transaction's `events`, with what is always there. */
export interface TransactionEvent extends DinteroEvent {
  readonly id: string;
  readonly event: TransactionEventName;
  readonly transaction_status: TransactionStatus;
  readonly success: boolean;
  readonly created_at: string;
}

/** The card that was paid with. Its token is no part of it: that takes `includes=card.payment_token`. */
export interface TransactionCard {
  readonly brand: string;
  readonly masked_pan: string;
  /** `MM/YYYY`. */
  readonly expiry_date: string;
  readonly type: string;
  readonly country: string;
  readonly payment_token_id?: string;
  readonly [field: string]: unknown;
}

/** A transaction as the sandbox keeps it: Dintero's, with what is always there. */
export interface Transaction extends DinteroTransaction {
  readonly status: TransactionStatus;
  readonly payment_product: string;
  readonly payment_product_type: string;
  readonly items: readonly OrderItem[];
  readonly events: readonly TransactionEvent[];
  readonly card?: TransactionCard;
  readonly created_at: string;
  readonly updated_at: string;
}
