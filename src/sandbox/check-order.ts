import type { Check, Json } from "./check.ts";

function checkShippingOption(check: Check, value: unknown, path: string): number {
  const option = check.object(value, path);
  if (!option) return 0;
  for (const key of ["id", "line_id", "title"]) check.text(option, key, `${path}.${key}`);
  check.integer(option, "amount", `${path}.amount`, { min: 0 });
  check.integer(option, "vat_amount", `${path}.vat_amount`, { required: false });
  check.number(option, "vat", `${path}.vat`, 100);
  const method = option["delivery_method"];
  if (method !== undefined && !["delivery", "pick_up", "unspecified"].includes(method as string))
    check.add(
      `${path}.delivery_method`,
      "enum",
      `${path}.delivery_method must be delivery, pick_up or unspecified`,
    );
  return Number.isSafeInteger(option["amount"]) ? (option["amount"] as number) : 0;
}

function checkItems(check: Check, value: unknown, path: string): number {
  const lines = new Set<unknown>();
  let sum = 0;
  for (const [index, entry] of check.list(value, path).entries()) {
    const at = `${path}[${index}]`;
    const item = check.object(entry, at);
    if (!item) continue;
    check.text(item, "id", `${at}.id`);
    const line = check.text(item, "line_id", `${at}.line_id`);
    if (line !== undefined && lines.has(line))
      check.add(`${at}.line_id`, "unique", `${at}.line_id is used twice`);
    lines.add(line);
    check.number(item, "quantity", `${at}.quantity`, 1e9, true);
    check.integer(item, "amount", `${at}.amount`);
    check.integer(item, "vat_amount", `${at}.vat_amount`, { required: false });
    check.number(item, "vat", `${at}.vat`, 100);
    checkDiscountLines(check, item["discount_lines"], `${at}.discount_lines`);
    if (Number.isSafeInteger(item["amount"])) sum += item["amount"] as number;
  }
  return sum;
}

function checkDiscountLines(check: Check, value: unknown, path: string): void {
  for (const [index, entry] of check.list(value, path).entries()) {
    const line = check.object(entry, `${path}[${index}]`);
    if (line) check.integer(line, "amount", `${path}[${index}].amount`, { min: 0 });
  }
}

/** `named`: must say its currency and merchant reference. `priced: false`: need not say its amount. */
export function checkOrder(
  check: Check,
  value: unknown,
  path: string,
  options: { strict: boolean; named: boolean; priced?: boolean },
) {
  const order = check.object(value, path);
  if (!order) return;
  check.integer(order, "amount", `${path}.amount`, { required: options.priced !== false, min: 0 });
  check.integer(order, "vat_amount", `${path}.vat_amount`, { required: false });
  const currency = check.text(order, "currency", `${path}.currency`, options.named);
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    check.add(`${path}.currency`, "format", `${path}.currency must be three capital letters, as in NOK`);
  check.text(order, "merchant_reference", `${path}.merchant_reference`, options.named);
  let sum = checkItems(check, order["items"], `${path}.items`);
  checkDiscountLines(check, order["discount_lines"], `${path}.discount_lines`);
  const shipping = order["shipping_option"];
  if (shipping !== undefined) sum += checkShippingOption(check, shipping, `${path}.shipping_option`);
  const parts = order["items"] !== undefined && order["partial_payment"] !== true;
  if (options.strict && parts && Number.isSafeInteger(order["amount"]) && order["amount"] !== sum)
    check.add(
      `${path}.amount`,
      "amount_mismatch",
      `${path}.amount is ${order["amount"] as number}, its items and shipping option add up to ${sum}`,
    );
}

export function checkExpress(check: Check, value: unknown, path: string): void {
  const express = check.object(value, path, false);
  if (!express) return;
  checkShippingOptions(check, express["shipping_options"], `${path}.shipping_options`);
  const mode = express["shipping_mode"];
  if (mode !== undefined && mode !== "shipping_required" && mode !== "shipping_not_required")
    check.add(
      `${path}.shipping_mode`,
      "enum",
      `${path}.shipping_mode must be shipping_required or shipping_not_required`,
    );
  for (const [index, type] of check.list(express["customer_types"], `${path}.customer_types`).entries())
    if (type !== "b2c" && type !== "b2b")
      check.add(
        `${path}.customer_types[${index}]`,
        "enum",
        `${path}.customer_types[${index}] must be b2c or b2b`,
      );
  check.url(express, "shipping_address_callback_url", `${path}.shipping_address_callback_url`, false, true);
  const codes = check.object(express["discount_codes"], `${path}.discount_codes`, false);
  if (codes) check.url(codes, "callback_url", `${path}.discount_codes.callback_url`, true, true);
}

export function checkShippingOptions(check: Check, value: unknown, path: string): void {
  const lines = new Set<unknown>();
  for (const [index, option] of check.list(value, path).entries()) {
    checkShippingOption(check, option, `${path}[${index}]`);
    const line = (option as Json | null)?.["line_id"];
    if (line !== undefined && lines.has(line))
      check.add(`${path}[${index}].line_id`, "unique", `${path}[${index}].line_id is used twice`);
    lines.add(line);
  }
}
