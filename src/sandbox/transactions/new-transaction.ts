import { accountOf, randomId } from "../ids.ts";
import type { PayRequest } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";

/** What each outcome that a shopper of the sandbox can choose makes of the transaction. */
export const results = {
  authorized: { status: "AUTHORIZED", event: "AUTHORIZE" },
  on_hold: { status: "ON_HOLD", event: "ON_HOLD" },
  declined: { status: "DECLINED", event: "DECLINE" },
  failed: { status: "FAILED", event: "FAIL" },
  unauthorized: { status: "FAILED", event: "FAIL" },
} as const;

/** The transaction of a payment: initialized, and then what came of it. */
export function newTransaction(session: Session, request: PayRequest, now: string): Transaction {
  const { order } = session;
  const { status, event } = results[request.outcome];
  const { payment_product_type } = request;
  const digits = request.card?.number.replace(/\D/g, "");
  const note = { created_at: now, amount: order.amount };
  return {
    id: `${accountOf(session.id)}.${randomId()}`,
    session_id: session.id,
    status,
    amount: order.amount,
    currency: order.currency,
    merchant_reference: order.merchant_reference,
    payment_product: payment_product_type.replace(/\..*/, ""),
    payment_product_type,
    items: order.items ?? [],
    created_at: now,
    updated_at: now,
    events: [
      { id: randomId(12), event: "INITIALIZE", ...note, transaction_status: "INITIALIZED" },
      { id: randomId(12), event, ...note, transaction_status: status },
    ],
    ...(digits && {
      card: { brand: digits.startsWith("5") ? "Mastercard" : "Visa", masked_pan: `**** ${digits.slice(-4)}` },
    }),
    ...(order.shipping_option && { shipping_option: order.shipping_option }),
    ...(order.shipping_address && { shipping_address: order.shipping_address }),
  };
}
