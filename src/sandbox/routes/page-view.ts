import type { SandboxParts } from "../sandbox-parts.ts";
import type { Deliverability, PageView } from "../page-api.ts";
import type { Session } from "../session.ts";
import { discountCodesOf } from "../sessions/express.ts";
import type { SessionRecord } from "../session-record.ts";
import { missingOf } from "../sessions/shipping.ts";
import { checkboxesOf } from "../transactions/prepare-payment.ts";
import { generatesToken, saveCardCheckbox, withoutTokens } from "../transactions/saved-cards.ts";

/** Everything the hosted page needs to draw a session. */
export function pageView({ faults, profiles, savedCards }: SandboxParts, record: SessionRecord): PageView {
  const session = sessionForPage(record);
  const payment_methods = record.savesCardOnly
    ? [{ kind: "card" as const, payment_product_type: record.savesCardOnly }]
    : profiles.paymentMethods(session);
  return {
    session: faults.withoutOrder(session.id) ? withoutOrder(session) : session,
    payment_methods,
    delivery: delivery(record),
    missing: missingOf(session),
    saved_cards: savedCards.of(record.session).map(withoutTokens),
    purpose: record.savesCardOnly ? "save_card" : "payment",
    saves_card: payment_methods.some(({ payment_product_type }) =>
      generatesToken(session, payment_product_type),
    ),
    save_card_checkbox:
      payment_methods
        .map(({ payment_product_type }) => saveCardCheckbox(session, payment_product_type))
        .find((choice) => choice !== null) ?? null,
    checkboxes: checkboxesOf(session),
    discount_codes: discountCodesOf(record),
    outcome: record.outcome,
    directives: faults.directives(session.id),
    seq: record.feed.seq,
  };
}

function withoutOrder({ order: _, ...rest }: Session): Omit<Session, "order"> {
  return rest;
}

function delivery({ session: { express, order }, undeliverable }: SessionRecord): Deliverability {
  if (!express || express.shipping_mode === "shipping_not_required") return "not_required";
  if (undeliverable) return "none";
  if (!order.shipping_address) return "unknown";
  const hasCallback = express.shipping_address_callback_url !== undefined;
  return express.shipping_options.length || !hasCallback ? "available" : "unknown";
}

/**
 * What a browser may see of a session: no tokens of the customer, and the address that the merchant's page decides on,
 * though it is not stored yet.
 */
function sessionForPage({ session, addressInQuestion }: SessionRecord): Session {
  const { customer, order } = session;
  return {
    ...session,
    ...(customer?.tokens && { customer: { ...customer, tokens: {} } }),
    ...(addressInQuestion && { order: { ...order, shipping_address: addressInQuestion } }),
  };
}
