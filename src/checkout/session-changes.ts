import { ownField } from "../core/own-fields.ts";
import type { Session, SessionChange } from "./events.ts";

const fields: readonly SessionChange[] = [
  "amount",
  "items",
  "shipping_address",
  "billing_address",
  "shipping_option",
  "discount_codes",
];

/** The fields of the order that differ. None for the first session, and for one with another id. */
export function sessionChanges(before: Session | null, after: Session): readonly SessionChange[] {
  if (!before || before.id !== after.id) return [];
  return fields.filter((name) => !isEqual(ownField(before.order, name), ownField(after.order, name)));
}

/** Deeper than any field of an order. What is deeper counts as different. */
const deepest = 10;

/** Of values that came as JSON: objects are equal when their fields are, in any order. */
function isEqual(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b || (isNothing(a) && isNothing(b))) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || depth > deepest) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isEqual(ownField(a, name), ownField(b, name), depth + 1));
}

/** Null and an empty list count as left out. */
function isNothing(value: unknown): boolean {
  return value == null || (Array.isArray(value) && value.length === 0);
}
