import type { ShippingOption } from "../../dintero/shipping-option.ts";
import type { PageOutcome, PayOutcome } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Scenario } from "./scenarios.ts";

/** What the express scenario's shop offers. */
export const shippingOptions: readonly ShippingOption[] = [
  {
    id: "home",
    line_id: "home",
    amount: 4900,
    vat_amount: 980,
    vat: 25,
    title: "Home delivery",
    description: "2–3 days",
    delivery_method: "delivery",
    operator: "Posten",
  },
  {
    id: "shop",
    line_id: "shop",
    amount: 0,
    vat_amount: 0,
    vat: 25,
    title: "Collect in our shop",
    description: "Ready tomorrow",
    delivery_method: "pick_up",
    operator: "",
  },
];

/** A session as a merchant's server would have created it. */
export function newSession(sid: string, scenario: Scenario | null, base: string): Session {
  const now = new Date();
  return {
    id: sid,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
    profile_id: "default",
    events: [],
    url: { return_url: new URL("return/", base).href },
    order: {
      amount: 29990,
      currency: "NOK",
      merchant_reference: "order-001",
      vat_amount: 5998,
      items: [
        {
          id: "item-1",
          line_id: "1",
          description: "Blue T-Shirt",
          quantity: 1,
          amount: 29990,
          vat_amount: 5998,
          vat: 25,
        },
      ],
    },
    ...(scenario === "express"
      ? {
          express: {
            shipping_mode: "shipping_required" as const,
            shipping_options: [],
            discount_codes: { max_count: 1, callback_url: base },
          },
        }
      : {}),
    ...(scenario === "locked" ? { pay_lock: { id: "lock-0", created_at: now.toISOString() } } : {}),
  };
}

/** The outcome of a session, with the return url that belongs to it. */
export function outcomeOf(session: Session, outcomeToPlay: PayOutcome | "cancel"): PageOutcome {
  const { merchant_reference } = session.order;
  const transaction_id = `${session.id}.transaction`;
  const href = new URL(session.url.return_url);
  href.searchParams.set("merchant_reference", merchant_reference);
  if (outcomeToPlay === "authorized" || outcomeToPlay === "on_hold") {
    href.searchParams.set("transaction_id", transaction_id);
    const type = outcomeToPlay === "authorized" ? "SessionPaymentAuthorized" : "SessionPaymentOnHold";
    return { type, transaction_id, merchant_reference, href: href.href };
  }
  const error =
    outcomeToPlay === "cancel" ? "cancelled" : outcomeToPlay === "unauthorized" ? "authorization" : "failed";
  href.searchParams.set("error", error);
  if (error === "cancelled") return { type: "SessionCancel", merchant_reference, href: href.href };
  return { type: "SessionPaymentError", error, merchant_reference, href: href.href };
}
