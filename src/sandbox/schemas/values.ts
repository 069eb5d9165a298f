import * as v from "valibot";
import { MAX_AMOUNT } from "../../dintero/money.ts";

const notWhole =
  "must be a whole number in the currency's smallest unit (299.90 is 29990); what Dintero does with decimals is not documented";

/** Money of a line; below zero for a discount, a gift card or a correction. */
export const lineAmount = v.pipe(
  v.number(notWhole),
  v.safeInteger(notWhole),
  v.minValue(-MAX_AMOUNT, `must be at least -${MAX_AMOUNT}`),
  v.maxValue(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`),
);

/** Money of an order, a capture or a refund. */
export const amount = v.pipe(lineAmount, v.minValue(0, "must be at least 0"));

const notPercentage = "must be a percentage from 0 to 100 (25, not 0.25)";

export const percentage = v.pipe(
  v.number(notPercentage),
  v.minValue(0, notPercentage),
  v.maxValue(100, notPercentage),
);

/** May be a decimal: sold by weight. */
export const quantity = v.pipe(v.number("must be a number"), v.minValue(0, "must be at least 0"));

export const text = v.pipe(v.string("must be a text"), v.nonEmpty("must not be empty"));

export const anyText = v.string("must be a text");

export const truth = v.boolean("must be true or false");

/** An object that may have unknown fields: Dintero accepts them, and live plug-ins send them. */
export function object<const T extends v.ObjectEntries>(entries: T) {
  return v.looseObject(entries, "must be an object");
}

export function list<const T extends v.GenericSchema>(item: T) {
  return v.array(item, "must be a list");
}

export function oneOf<const T extends readonly string[]>(names: T) {
  return v.picklist(names, `must be one of ${names.join(", ")}`);
}

/** An address with its scheme, which may be an app's own. */
export const link = v.pipe(
  text,
  v.check((value) => URL.canParse(value), "must be a whole address, with its scheme"),
);

/** An address of a server. Unlike the real service, the sandbox also calls http and localhost. */
export const webAddress = v.pipe(
  link,
  v.check(
    (value) => !URL.canParse(value) || ["http:", "https:"].includes(new URL(value).protocol),
    "must be an http or https address",
  ),
);
