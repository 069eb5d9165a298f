import { list, object, problem, type Rule } from "./rule.ts";
import { MAX_LINES } from "./order.ts";
import { amount, anyText, lineAmount, text, truth } from "./values.ts";

const partialItems = list(object({ required: { line_id: text, amount: lineAmount } }), { atMost: MAX_LINES });

/** Texts only, under the merchant's own keys. */
const metadata: Rule = (value, path) =>
  object()(value, path).concat(
    Object.entries(value ?? {}).flatMap(([key, one]: [string, unknown]) => {
      const place = `${path}.${key}`;
      if (!key.startsWith("ext_")) return problem(place, "format", "must have a key that begins with ext_");
      if (key.length > 128) return problem(path, "limit", "must have keys of at most 128 characters");
      if (typeof one !== "string") return problem(place, "type", "a text");
      return one.length > 256 ? problem(place, "limit", "at most 256 characters long") : [];
    }),
  );

/** A capture or a refund: the items need not add up to the amount. */
export const moneyMovement: Rule = object({
  required: { amount },
  optional: {
    items: partialItems,
    capture_reference: anyText,
    refund_reference: anyText,
    reason: anyText,
    final_capture: truth,
    metadata,
  },
});

/** `POST /transactions/{id}/authorization`. */
export const authorization: Rule = object({
  optional: {
    amount,
    items: partialItems,
    reason: anyText,
    reference: anyText,
    description: anyText,
    final_authorization: truth,
  },
});

/** `PUT /transactions/{id}`. */
export const transactionUpdate: Rule = object({ optional: { merchant_reference_2: anyText } });
