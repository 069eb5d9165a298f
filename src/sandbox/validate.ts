import { SandboxError, type Problem } from "./errors.ts";
import type { SessionRequest } from "./session.ts";

type Json = Readonly<Record<string, unknown>>;

/** Collects what is wrong, each with its path, as Dintero's own schema check does. */
class Check {
  readonly problems: Problem[] = [];

  add(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }

  object(value: unknown, path: string, required = true): Json | undefined {
    if (value === undefined && !required) return undefined;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Json;
    this.add(path, value === undefined ? "required" : "type", `${path} must be an object`);
    return undefined;
  }

  text(parent: Json, key: string, path: string, required = true): string | undefined {
    const value = parent[key];
    if (value === undefined && !required) return undefined;
    if (typeof value === "string" && value !== "") return value;
    this.add(path, value === undefined ? "required" : "type", `${path} must be a text that is not empty`);
    return undefined;
  }

  integer(parent: Json, key: string, path: string, { required = true, min = -Infinity } = {}): void {
    const value = parent[key];
    if (value === undefined && !required) return;
    if (!Number.isSafeInteger(value)) {
      const code = value === undefined ? "required" : "type";
      this.add(path, code, `${path} must be an integer in the currency's smallest unit (299.90 is 29990)`);
    } else if ((value as number) < min) this.add(path, "minimum", `${path} must be at least ${min}`);
  }

  number(parent: Json, key: string, path: string, max = Infinity, required = false): void {
    const value = parent[key];
    if (value === undefined && !required) return;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0 || value > max)
      this.add(path, value === undefined ? "required" : "type", `${path} must be a number from 0 to ${max}`);
  }

  url(parent: Json, key: string, path: string, required: boolean, httpOnly: boolean): void {
    const value = this.text(parent, key, path, required);
    if (value === undefined) return;
    if (!URL.canParse(value)) this.add(path, "format", `${path} must be a whole address, with its scheme`);
    else if (httpOnly && !/^https?:$/.test(new URL(value).protocol))
      this.add(path, "format", `${path} must be an http or https address`);
  }

  list(value: unknown, path: string): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.add(path, "type", `${path} must be a list`);
    return [];
  }

  done(): void {
    if (this.problems.length)
      throw new SandboxError(400, "invalid_body", "The body does not fit the schema", this.problems);
  }
}

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

function checkOrder(
  check: Check,
  value: unknown,
  path: string,
  options: { strict: boolean; partial: boolean },
) {
  const order = check.object(value, path);
  if (!order) return;
  check.integer(order, "amount", `${path}.amount`, { required: !options.partial, min: 0 });
  check.integer(order, "vat_amount", `${path}.vat_amount`, { required: false });
  const currency = check.text(order, "currency", `${path}.currency`, !options.partial);
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    check.add(`${path}.currency`, "format", `${path}.currency must be three capital letters, as in NOK`);
  check.text(order, "merchant_reference", `${path}.merchant_reference`, !options.partial);
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

function checkExpress(check: Check, value: unknown, path: string): void {
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

function checkShippingOptions(check: Check, value: unknown, path: string): void {
  const lines = new Set<unknown>();
  for (const [index, option] of check.list(value, path).entries()) {
    checkShippingOption(check, option, `${path}[${index}]`);
    const line = (option as Json | null)?.["line_id"];
    if (line !== undefined && lines.has(line))
      check.add(`${path}[${index}].line_id`, "unique", `${path}[${index}].line_id is used twice`);
    lines.add(line);
  }
}

/** Refuses, with 400 and every path that is wrong, what Dintero would not make a session of. */
export function validateSession(body: unknown, strict: boolean, now: number): SessionRequest {
  const check = new Check();
  const session = check.object(body, "body");
  check.done();
  const url = check.object(session!["url"], "url");
  if (url) {
    check.url(url, "return_url", "url.return_url", true, false);
    check.url(url, "callback_url", "url.callback_url", false, true);
    check.url(url, "merchant_terms_url", "url.merchant_terms_url", false, true);
  }
  checkOrder(check, session!["order"], "order", { strict, partial: false });
  checkExpress(check, session!["express"], "express");
  check.text(session!, "profile_id", "profile_id");
  const expires = check.text(session!, "expires_at", "expires_at", false);
  if (expires !== undefined && !(Date.parse(expires) > now))
    check.add("expires_at", "format", "expires_at must be a time in the future, as in 2026-11-22T20:00:00Z");
  check.done();
  return session as unknown as SessionRequest;
}

/** The same for the body of an update: an order and, in express, its options. */
export function validateUpdate(body: unknown, strict: boolean): Json {
  const check = new Check();
  const update = check.object(body, "body");
  check.done();
  checkOrder(check, update!["order"], "order", { strict, partial: false });
  checkExpress(check, update!["express"], "express");
  const remove = update!["remove_lock"];
  if (remove !== undefined && typeof remove !== "boolean")
    check.add("remove_lock", "type", "remove_lock must be true or false");
  check.done();
  return update!;
}

/** The same for what a merchant's address or discount callback answered. */
export function validateExpressAnswer(body: unknown): Json {
  const check = new Check();
  const answer = check.object(body, "body");
  check.done();
  if (answer!["shipping_options"] === undefined)
    check.add("shipping_options", "required", "shipping_options must be a list (empty: no delivery there)");
  checkShippingOptions(check, answer!["shipping_options"], "shipping_options");
  if (answer!["order"] !== undefined)
    checkOrder(check, answer!["order"], "order", { strict: false, partial: true });
  check.done();
  return answer!;
}

/** The same for a capture or a refund. */
export function validateAmount(body: unknown): { readonly amount: number } & Json {
  const check = new Check();
  const request = check.object(body, "body");
  check.done();
  check.integer(request!, "amount", "amount", { min: 1 });
  const items = request!["items"];
  for (const [index, entry] of check.list(items, "items").entries()) {
    const item = check.object(entry, `items[${index}]`);
    if (!item) continue;
    check.text(item, "line_id", `items[${index}].line_id`);
    check.integer(item, "amount", `items[${index}].amount`);
  }
  check.done();
  return request as { amount: number };
}
