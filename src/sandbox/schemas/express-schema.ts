import * as v from "valibot";
import type { ExpressAnswer } from "../../dintero/express.ts";
import { currency, orderFields, shippingOptions } from "./order-schema.ts";
import { parse } from "./parse.ts";
import { amount, object } from "./values.ts";

const { vat_amount, items, discount_codes, discount_lines } = orderFields;

const answer = object({
  shipping_options: shippingOptions,
  order: v.optional(
    object({ amount, currency: v.optional(currency), vat_amount, items, discount_codes, discount_lines }),
  ),
});

/** A merchant's answer to an address or discount callback, or a 400 that names the problem. */
export function parseExpressAnswer(body: unknown): ExpressAnswer {
  return parse(answer, body) as ExpressAnswer;
}
