import { sumOfExpressAnswer, sumOfLines, sumOfOrder, type MinorUnits } from "../money.ts";
import { fieldOf, isObject, problem, type Fields, type Problem } from "./rule.ts";

interface Line {
  readonly amount?: MinorUnits;
}

const itemsOf = (order: Fields): readonly Line[] => (fieldOf(order, "items") ?? []) as readonly Line[];
const optionOf = (order: Fields): Line | undefined => fieldOf(order, "shipping_option") as Line | undefined;
const amountOf = (order: Fields): unknown => fieldOf(order, "amount");

/**
 * Whether the amount of an order can be known from its parts: every item has one, and nothing else pays for some of it.
 * Gift cards stand in the order, the session or the customer.
 */
export function isSummable(order: Fields, ...holders: readonly unknown[]): boolean {
  const items = fieldOf(order, "items");
  return (
    Array.isArray(items) &&
    items.every((item) => typeof fieldOf(item, "amount") === "number") &&
    fieldOf(order, "partial_payment") !== true &&
    ![order, ...holders].some((holder) => fieldOf(holder, "gift_cards"))
  );
}

/** `order.amount` must be the sum of the items and the shipping option. */
export function sumProblems(order: Fields): readonly Problem[] {
  const sum = sumOfOrder({ items: itemsOf(order), shipping_option: optionOf(order) });
  if (amountOf(order) === sum) return [];
  return problem("order.amount", "amount_mismatch", `${sum}, the sum of its parts${quantityHint(order)}`);
}

/**
 * The same where the session may keep a shipping option that the update does not name: its amount is unknown, but not
 * negative.
 */
export function updateSumProblems(order: Fields): readonly Problem[] {
  if (amountOf(order) === undefined || !isSummable(order)) return [];
  if (optionOf(order)) return sumProblems(order);
  const sum = sumOfLines(itemsOf(order));
  if ((amountOf(order) as number) >= sum) return [];
  return problem(
    "order.amount",
    "amount_mismatch",
    `at least ${sum}, the sum of its items${quantityHint(order)}`,
  );
}

/** In an answer to an express callback, the shipping option that is chosen in the request counts. */
export function answerSumProblems(answered: Fields, request: Fields): readonly Problem[] {
  if (!isSummable({ ...request, ...answered })) return [];
  const requested = { items: itemsOf(request), shipping_option: optionOf(request) };
  const items = fieldOf(answered, "items") as readonly Line[] | undefined;
  const sum = sumOfExpressAnswer(items ? { items } : {}, requested);
  if (amountOf(answered) === sum) return [];
  const chosen = requested.shipping_option;
  const shipping = chosen ? `${chosen.amount} of the chosen shipping option` : "no shipping option is chosen";
  return problem(
    "order.amount",
    "amount_mismatch",
    `${sum}: ${sumOfLines(items ?? requested.items)} of the items, ${shipping}`,
  );
}

/** Prices of one piece in place of the lines' totals are the usual reason why a sum is wrong. */
function quantityHint(order: Fields): string {
  const total = itemsOf(order).reduce(
    (sum, item) => {
      const quantity = isObject(item) ? fieldOf(item, "quantity") : undefined;
      return sum + item.amount! * (typeof quantity === "number" ? quantity : 1);
    },
    optionOf(order)?.amount ?? 0,
  );
  return total === amountOf(order) ? "; the line's amount includes its quantity" : "";
}
