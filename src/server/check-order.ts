import { sumOfLines, sumOfOrder, type OrderParts } from "../dintero/money.ts";
import { checkAmount, checkTotal, checkVat } from "./check-amount.ts";
import { checkLineIds, checkObject, checkObjects, type Fields } from "./check-object.ts";
import { invalidField } from "./errors.ts";

/** Amounts, VAT and line ids of an order. Whether they add up is for `checkSum`. */
export function checkOrder(order: unknown, path: string): asserts order is Fields {
  checkObject(order, path);
  if (order["amount"] !== undefined) checkTotal(order["amount"], `${path}.amount`);
  checkFields(order, path);
  const items = checkObjects(order["items"], `${path}.items`);
  for (const [item, place] of items) checkLine(item, place);
  checkLineIds(items);
  const option = order["shipping_option"];
  if (option !== undefined) checkShippingOption(option, `${path}.shipping_option`);
}

/** A list of shipping options, each with its amount. */
export function checkShippingOptions(options: unknown, path: string): void {
  if (!Array.isArray(options)) throw invalidField(path, "a list");
  const list = checkObjects(options, path);
  for (const [option, place] of list) checkShippingOption(option, place);
  checkLineIds(list);
}

/** What a session is made express by. */
export function checkExpress(express: unknown, path: string): void {
  checkObject(express, path);
  checkShippingOptions(express["shipping_options"], `${path}.shipping_options`);
}

/** Whether the amount of an order can be known from its parts. */
export function isSummable(order: Fields): boolean {
  const { items, partial_payment, gift_cards } = order;
  return Array.isArray(items) && items.every(hasAmount) && partial_payment !== true && !gift_cards;
}

/** Refuses an order whose parts do not add up to its amount. */
export function checkSum(order: Fields, path: string): void {
  const sum = sumOfOrder(order);
  if (order["amount"] !== sum) throw invalidField(`${path}.amount`, `${sum}, the sum of its parts`);
}

/**
 * The same for an update. One that names no shipping option may keep the session's, whose amount is unknown, but
 * not negative.
 */
export function checkSumOfUpdate(order: Fields, path: string): void {
  const { amount, items, shipping_option } = order as OrderParts & Fields;
  if (shipping_option) return checkSum(order, path);
  const sum = sumOfLines(items);
  if ((amount as number) < sum) throw invalidField(`${path}.amount`, `at least ${sum}, the sum of its items`);
}

function checkShippingOption(option: unknown, path: string): void {
  checkObject(option, path);
  checkAmount(option["amount"], `${path}.amount`);
  checkLine(option, path);
}

function checkLine(line: Fields, path: string): void {
  if (line["amount"] !== undefined) checkAmount(line["amount"], `${path}.amount`);
  if (line["gross_amount"] !== undefined) checkAmount(line["gross_amount"], `${path}.gross_amount`);
  if (line["vat"] !== undefined) checkVat(line["vat"], `${path}.vat`);
  checkFields(line, path);
}

/** What an order and its lines have in common. */
function checkFields(fields: Fields, path: string): void {
  if (fields["vat_amount"] !== undefined) checkAmount(fields["vat_amount"], `${path}.vat_amount`);
  for (const [discount, place] of checkObjects(fields["discount_lines"], `${path}.discount_lines`)) {
    if (discount["amount"] !== undefined) checkAmount(discount["amount"], `${place}.amount`);
  }
}

function hasAmount(item: unknown): boolean {
  return typeof (item as Fields)["amount"] === "number";
}
