import { MAX_AMOUNT } from "../money.ts";
import { both, must, problem, type Rule } from "./rule.ts";

const wholeUnits = "an integer in minor units (299.90 is 29990)";

/** Money is an integer. A string is named as one, because it looks right in a log. */
const integer: Rule = (value, path) => {
  if (Number.isSafeInteger(value)) return [];
  return problem(path, "type", typeof value === "string" ? `${wholeUnits}, not a string` : wholeUnits);
};

/** Money of a line; below zero for a discount, a gift card or a correction. Dintero's format is int32. */
export const lineAmount: Rule = both(
  integer,
  must("range", `at most ${MAX_AMOUNT}`, (value) => (value as number) <= MAX_AMOUNT),
  must("range", `at least -${MAX_AMOUNT}`, (value) => (value as number) >= -MAX_AMOUNT),
);

/** Money of an order, a capture or a refund. */
export const amount: Rule = both(
  lineAmount,
  must("range", "at least 0", (value) => (value as number) >= 0),
);

/** VAT and discounts. A rate such as 0.25 is within the range that Dintero takes, and is not what anybody means. */
export const percentage: Rule = both(
  must(
    "range",
    "a percentage from 0 to 100: 25, not 0.25",
    (value) => typeof value === "number" && value >= 0 && value <= 100,
  ),
  must("rate", "a percentage: 25, not 0.25", (value) => value === 0 || (value as number) >= 1),
);

/** The percentage of a discount may well be below 1. */
export const discountPercentage: Rule = must(
  "range",
  "a percentage from 0 to 100",
  (value) => typeof value === "number" && value >= 0 && value <= 100,
);

/** May be a decimal: sold by weight. */
export const quantity: Rule = must(
  "range",
  "a number that is at least 0",
  (value) => typeof value === "number" && value >= 0,
);

export const anyText: Rule = must("type", "a text", (value) => typeof value === "string");

export const text: Rule = both(
  anyText,
  must("required", "must not be empty", (value) => value !== ""),
);

export const truth: Rule = must("type", "true or false", (value) => typeof value === "boolean");

export const currency: Rule = must(
  "format",
  "a code of three capital letters, like NOK",
  (value) => typeof value === "string" && /^[A-Z]{3}$/.test(value),
);

/** Spaces do not count, nor how `+` is written: Magento sends `+47 40000000` and `%2B4740000000`, and is live. */
export const phoneNumber: Rule = must(
  "format",
  "a phone number of 5 to 15 digits, like +4790000000; left out when there is none",
  (value) => typeof value === "string" && /^(\+|%2B)?\d{5,15}$/i.test(value.replaceAll(" ", "")),
);

/** An address with its scheme, which may be an app's own. */
export const link: Rule = both(
  text,
  must("format", "a whole url, like https://shop.example/thanks", (value) => URL.canParse(value as string)),
);

/** An address of a server. */
export const webAddress: Rule = both(
  link,
  must("format", "an http or https address", (value) => /^https?:$/.test(new URL(value as string).protocol)),
);
