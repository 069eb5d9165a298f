import { answeredOrder, shippingOptions } from "./order.ts";
import { object, type Rule } from "./rule.ts";

/** A merchant's answer to an address or discount callback. Its sum is another rule: Dintero corrects a wrong one. */
export const expressAnswer: Rule = object({
  required: { shipping_options: shippingOptions },
  optional: { order: answeredOrder },
});
