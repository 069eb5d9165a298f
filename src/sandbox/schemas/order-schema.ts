import * as v from "valibot";
import {
  amount,
  anyText,
  lineAmount,
  list,
  object,
  oneOf,
  percentage,
  quantity,
  text,
  truth,
} from "./values.ts";

const discountLine = object({
  amount: v.optional(lineAmount),
  percentage: v.optional(percentage),
  discount_id: v.optional(anyText),
  description: v.optional(anyText),
});

const item = object({
  id: v.optional(anyText),
  line_id: v.optional(text),
  description: v.optional(anyText),
  quantity: v.optional(quantity),
  amount: v.optional(lineAmount),
  vat_amount: v.optional(lineAmount),
  vat: v.optional(percentage),
  discount_lines: v.optional(list(discountLine)),
});

/** Each `line_id` once. */
function uniqueLines<T extends { readonly line_id?: string | undefined }>() {
  return v.rawCheck<T[]>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const seen = new Set<string>();
    for (const [index, entry] of dataset.value.entries()) {
      if (entry.line_id === undefined) continue;
      if (seen.has(entry.line_id))
        addIssue({
          message: "is used twice",
          path: [
            { type: "array", origin: "value", input: dataset.value, key: index, value: entry },
            { type: "object", origin: "value", input: entry, key: "line_id", value: entry.line_id },
          ],
        });
      seen.add(entry.line_id);
    }
  });
}

const items = v.pipe(list(item), uniqueLines());

const shippingOption = object({
  id: text,
  line_id: text,
  amount,
  title: text,
  operator: anyText,
  vat_amount: v.optional(lineAmount),
  vat: v.optional(percentage),
  description: v.optional(anyText),
  delivery_method: v.optional(oneOf(["delivery", "pick_up", "unspecified", "none"])),
});

export const shippingOptions = v.pipe(list(shippingOption), uniqueLines());

export const currency = v.pipe(text, v.regex(/^[A-Z]{3}$/, "must be three capital letters, as in NOK"));

/** Fields of an order that are checked alike wherever it is sent. */
export const orderFields = {
  vat_amount: v.optional(lineAmount),
  items: v.optional(items),
  merchant_reference_2: v.optional(anyText),
  shipping_option: v.optional(shippingOption),
  shipping_address: v.optional(object({})),
  billing_address: v.optional(object({})),
  store: v.optional(object({ id: text })),
  discount_lines: v.optional(list(discountLine)),
  discount_codes: v.optional(list(anyText)),
  partial_payment: v.optional(truth),
};

/** An order that is new. */
export const order = object({ ...orderFields, amount, currency, merchant_reference: text });
