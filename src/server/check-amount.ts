import { MAX_AMOUNT } from "../dintero/money.ts";
import { invalidField } from "./errors.ts";

/** Refuses what is not an integer in minor units. */
export function checkAmount(amount: unknown, path: string): asserts amount is number {
  if (!Number.isSafeInteger(amount)) {
    throw invalidField(path, "an integer in minor units (299.90 is 29990)");
  }
}

/** The amount of an order, a capture or a refund: not negative, and an int32. */
export function checkTotal(amount: unknown, path: string): asserts amount is number {
  checkAmount(amount, path);
  if (amount < 0) throw invalidField(path, "at least 0");
  if (amount > MAX_AMOUNT) throw invalidField(path, `at most ${MAX_AMOUNT}`);
}

/** Refuses a rate instead of a percentage. */
export function checkVat(vat: unknown, path: string): void {
  const isPercentage = typeof vat === "number" && (vat === 0 || (vat >= 1 && vat <= 100));
  if (!isPercentage) throw invalidField(path, "a percentage: 25, not 0.25");
}
