import { accountOf } from "../../dintero/ids.ts";
import type { OrderItem } from "../../dintero/order.ts";
import type { SessionEventName } from "../../dintero/session-history-event.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import type { TransactionStatus } from "../../dintero/transaction-status.ts";
import { randomId } from "../ids.ts";
import type { FinalOutcome, PayRequest } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { NewEvent } from "./money-operations.ts";
import { checkboxesOf } from "./prepare-payment.ts";
import type { Transaction, TransactionCard, TransactionEvent } from "../transaction.ts";

/** What each outcome that a shopper of the sandbox can choose makes of the transaction and the session. */
export const results: Readonly<
  Record<
    FinalOutcome,
    { readonly status: TransactionStatus; readonly sessionEvents: readonly SessionEventName[] }
  >
> = {
  authorized: { status: "AUTHORIZED", sessionEvents: ["AUTHORIZED", "COMPLETED"] },
  capture_failed: { status: "AUTHORIZED", sessionEvents: ["AUTHORIZED"] },
  on_hold: { status: "ON_HOLD", sessionEvents: [] },
  declined: { status: "DECLINED", sessionEvents: ["DECLINED"] },
  failed: { status: "FAILED", sessionEvents: ["FAILED"] },
  unauthorized: { status: "FAILED", sessionEvents: ["PAY_FAILED", "FAILED"] },
};

/** Payment methods without a reservation: the money is captured from the start. */
const withoutReservation: readonly string[] = ["swish.swish", "payex.swish"];

/** How the transaction of a session begins. */
export interface NewPayment {
  readonly session: Session;
  readonly payment_product_type: string;
  readonly outcome: FinalOutcome;
  readonly card?: TransactionCard | undefined;
  /** The shopper's answers. */
  readonly checkboxes?: PayRequest["checkboxes"] | undefined;
  readonly now: string;
}

/** The transaction of a payment: initialized, then with its outcome. */
export function newTransaction({
  session,
  payment_product_type,
  outcome,
  card,
  checkboxes = {},
  now,
}: NewPayment): Transaction {
  const { order } = session;
  const { status } = results[outcome];
  const { amount } = order;
  const boxes = checkboxesOf(session);
  const event = (fields: NewEvent): TransactionEvent => ({
    ...{ id: randomId(12), created_at: now, success: true, amount, metadata: {}, request_id: randomId() },
    ...fields,
  });
  const error = errorOf(outcome);
  const atOnce = withoutReservation.includes(payment_product_type) && status === "AUTHORIZED";
  // Walley's hold is an event INITIALIZE.
  const held = outcome === "on_hold" && payment_product_type.startsWith("collector.");
  const authorize = event({
    event: held ? "INITIALIZE" : "AUTHORIZE",
    transaction_status: status,
    ...(error && { success: false, error }),
  });
  const capture = event({ event: "CAPTURE", transaction_status: "CAPTURED" });
  return {
    id: `${accountOf(session.id)}.${randomId()}`,
    session_id: session.id,
    status: atOnce ? "CAPTURED" : status,
    amount,
    currency: order.currency,
    merchant_reference: order.merchant_reference,
    payment_product: payment_product_type.split(".")[0] ?? payment_product_type,
    payment_product_type,
    items: [...(order.items ?? []), ...(order.shipping_option ? [shippingLine(order.shipping_option)] : [])],
    created_at: now,
    updated_at: now,
    events: [
      ...(held ? [] : [event({ event: "INITIALIZE", transaction_status: "INITIATED" })]),
      atOnce ? capture : authorize,
    ],
    url: {
      redirect_url: session.url.return_url,
      ...(session.url.callback_url !== undefined && { callback_url: session.url.callback_url }),
    },
    metadata: metadataOf(session),
    ...(card && { card }),
    ...(boxes.length > 0 && {
      checkboxes: boxes.map((box) => ({
        ...box,
        checked: checkboxes[box.id] ?? box.required ?? box.checked ?? false,
      })),
    }),
    ...copied(session),
  };
}

/** The session's shipping option as a line of the transaction: it can be captured and refunded by its `line_id`. */
function shippingLine({ id, line_id, title, amount, vat_amount, vat }: ShippingOption): OrderItem {
  return {
    ...{ id, line_id, description: title, quantity: 1, amount, type: "shipping" },
    ...(vat_amount !== undefined && { vat_amount }),
    ...(vat !== undefined && { vat }),
  };
}

function metadataOf({ order, metadata }: Session): Readonly<Record<string, unknown>> {
  const profile = metadata?.["session:profile_id"];
  const { event_reference } = order;
  return {
    ...(profile !== undefined && { "session:profile_id": profile }),
    ...(event_reference !== undefined && { event_reference }),
  };
}

/** What the transaction takes over from the session as it is. */
function copied({ order, customer, configuration, customer_ip, user_agent }: Session): Partial<Transaction> {
  const fields = {
    channel: configuration?.channel ?? "ecommerce",
    merchant_reference_2: order.merchant_reference_2,
    shipping_option: order.shipping_option,
    shipping_address: order.shipping_address,
    billing_address: order.billing_address,
    store: order["store"],
    gift_cards: order.gift_cards,
    payout_destination_id: order["payout_destination_id"],
    customer: customer && withoutTokens(customer),
    customer_ip,
    user_agent,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function withoutTokens({ customer_id, email, phone_number }: NonNullable<Session["customer"]>) {
  return {
    ...(customer_id !== undefined && { customer_id }),
    ...(email !== undefined && { email }),
    ...(phone_number !== undefined && { phone_number }),
  };
}

function errorOf(outcome: FinalOutcome): TransactionEvent["error"] {
  switch (outcome) {
    case "declined":
      return {
        code: "declined",
        message: "The payment was declined",
        type: ["INSUFFICIENT_FUNDS"],
        retry_policy: { retry_codes: ["RETRY_AFTER_DELAY"] },
      };
    case "unauthorized":
      return { code: "authorization", message: "The customer did not authorize the payment" };
    case "failed":
      return { code: "failed", message: "The payment failed" };
    default:
      return undefined;
  }
}
