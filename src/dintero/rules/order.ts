import { both, list, object, oneOf, problem, uniqueLines, type Rule } from "./rule.ts";
import {
  amount,
  anyText,
  currency,
  discountPercentage,
  lineAmount,
  percentage,
  phoneNumber,
  quantity,
  text,
  truth,
} from "./values.ts";

/** Lines of an order, and of a capture. */
export const MAX_LINES = 100;

const discountLine = object({
  optional: {
    amount: lineAmount,
    percentage: discountPercentage,
    discount_id: anyText,
    description: anyText,
  },
});

/** What an order and its lines have in common. */
const money = { vat_amount: lineAmount, discount_lines: list(discountLine) };

const item = object({
  optional: {
    ...money,
    id: anyText,
    line_id: text,
    description: anyText,
    quantity,
    amount: lineAmount,
    gross_amount: lineAmount,
    vat: percentage,
  },
});

const items: Rule = uniqueLines(list(item, { atMost: MAX_LINES }));

const shippingOption = object({
  required: { id: text, line_id: text, amount, title: text, operator: anyText },
  optional: {
    vat_amount: lineAmount,
    vat: percentage,
    description: anyText,
    delivery_method: oneOf(["delivery", "pick_up", "unspecified", "none"]),
  },
});

export const shippingOptions: Rule = uniqueLines(list(shippingOption));

const store: Rule = both(object({ optional: { id: anyText } }), (value, path) =>
  // Required, and shops of the Episerver plug-in send it empty or null.
  Object.hasOwn(value as object, "id") ? [] : problem(`${path}.id`, "required", "is required"),
);

const address = object({ optional: { phone_number: phoneNumber } });

/** Fields of an order that follow the same rules wherever it is sent. */
const orderFields = {
  ...money,
  items,
  merchant_reference_2: anyText,
  shipping_option: shippingOption,
  shipping_address: address,
  billing_address: address,
  store,
  discount_codes: list(anyText),
  partial_payment: truth,
};

export const order: Rule = object({
  required: { amount, currency, merchant_reference: text },
  optional: orderFields,
});

/** The order of an update: none of its fields is required. */
export const orderUpdate: Rule = object({ optional: { ...orderFields, amount, currency } });

/** The order of a page that saves a card and takes no money. */
export const orderWithoutMoney: Rule = object({
  required: { currency, merchant_reference: text },
  optional: { ...orderFields, amount },
});

/** The order in the answer to an address or discount callback: it has no shipping option. */
export const answeredOrder: Rule = object({
  required: { amount },
  optional: { ...money, currency, items, discount_codes: list(anyText) },
});
