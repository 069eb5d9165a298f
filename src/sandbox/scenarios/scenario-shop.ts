import type { SessionRequest } from "../../dintero/session.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import { sampleSession } from "../sample-session.ts";
import type { Session } from "../session.ts";

const shop = "https://shop.example";

/** What makes the sample session an express one. */
export const expressFields: Partial<SessionRequest> = {
  express: {
    shipping_options: [],
    shipping_address_callback_url: `${shop}/address`,
    discount_codes: { max_count: 1, callback_url: `${shop}/discount` },
  },
  configuration: { discounts: { express_discount_codes: { enabled: true } } },
};

const shippingOptions: readonly ShippingOption[] = [
  {
    ...{ id: "home", line_id: "home", amount: 4900, vat_amount: 980, vat: 25, operator: "Posten" },
    ...{ title: "Home delivery", description: "2–3 days", delivery_method: "delivery" },
  },
  {
    ...{ id: "shop", line_id: "shop", amount: 0, vat_amount: 0, vat: 25, operator: "" },
    ...{ title: "Collect in our shop", description: "Ready tomorrow", delivery_method: "pick_up" },
  },
];

/** The merchant's server of the express scenario: ships everywhere but to the US, and knows the code SUMMER. */
export const scenarioShop: typeof fetch = async (input, init) => {
  const { order } = JSON.parse(String(init?.body)) as Session;
  const shipping_options = order.shipping_address?.country === "US" ? [] : shippingOptions;
  if (String(input) === `${shop}/address`) return Response.json({ shipping_options });
  const { amount: price, items } = sampleSession.order;
  const known = order.discount_codes?.some((code) => code.toUpperCase() === "SUMMER") === true;
  const discount = known ? Math.round(price / 10) : 0;
  const amount = price - discount;
  const vat_amount = Math.round(amount / 5);
  const discount_lines = known
    ? [{ amount: discount, percentage: 10, discount_id: "SUMMER", description: "Summer, 10 %" }]
    : [];
  return Response.json({
    shipping_options,
    order: {
      amount: amount + (order.shipping_option?.amount ?? 0),
      vat_amount: vat_amount + (order.shipping_option?.vat_amount ?? 0),
      items: items?.map((item) => ({ ...item, amount, vat_amount, discount_lines })),
      discount_codes: known ? order.discount_codes : [],
    },
  });
};
