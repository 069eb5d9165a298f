import { DinteroError } from "./errors.ts";
import type { Order, SessionRequest, SessionUpdate } from "./session.ts";
import type { Capture, Refund } from "./transaction.ts";

type Fields = Readonly<Record<string, unknown>>;

function refuse(path: string, problem: string): never {
  throw new DinteroError("invalid-session", `${path} ${problem}`);
}

/** Refuses, before it is sent, what Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  for (const path of ["url.return_url", "order.currency", "order.merchant_reference", "profile_id"]) {
    const value = path
      .split(".")
      .reduce<unknown>((holder, name) => (holder as Fields | null)?.[name], session);
    if (typeof value !== "string" || !value) refuse(path, "is missing");
  }
  if (!URL.canParse(session.url.return_url)) refuse("url.return_url", "must be a whole address");
  checkUpdate(session);
}

/** Refuses wrong amounts in a session, in its update, or in the answer to one of Dintero's questions. */
export function checkUpdate({ order, express, ...rest }: SessionUpdate): void {
  const total = checkAmount(order, "order", 0);
  const { currency = "NOK", items, shipping_option, partial_payment, gift_cards } = order as Order;
  if (!/^[A-Z]{3}$/.test(currency)) refuse("order.currency", "must be a code such as NOK");
  if (shipping_option) checkAmount(shipping_option, "order.shipping_option");
  checkParts(order, "order");
  checkParts(express, "express");
  if (!items || partial_payment || gift_cards || (rest as Fields)["gift_cards"]) return;
  const sum = items.reduce((before, { amount }) => before + amount, shipping_option?.amount ?? 0);
  if (sum !== total) refuse("order.amount", `is ${total}, but items and shipping_option add up to ${sum}`);
}

/** Refuses a capture or refund of nothing or of fractions. */
export function checkCapture(body: Capture | Refund | undefined, verb: string): void {
  checkAmount(body, verb, 1);
  checkParts(body, verb);
}

/** Amounts, VAT and line ids, however deep. */
export function checkParts(value: unknown, path: string): void {
  if (!value || typeof value !== "object") return;
  const lines = /(items|shipping_options)$/.test(path);
  if (lines && !Array.isArray(value)) refuse(path, "must be a list");
  const lineIds = new Set<unknown>();
  for (const [key, part] of Object.entries(value as Fields)) {
    // What the merchant notes for itself is its own.
    if (part === undefined || key === "metadata") continue;
    const where = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    if (key.endsWith("amount")) checkAmount(value, path, -Infinity, key);
    if (key === "vat" && !(part === 0 || ((part as number) >= 1 && (part as number) <= 100))) {
      refuse(where, "must be a percentage: 25, not 0.25");
    }
    if (lines) {
      checkAmount(part, where);
      const { line_id } = part as Fields;
      if (lineIds.has(line_id)) refuse(`${where}.line_id`, "is used twice");
      if (line_id !== undefined) lineIds.add(line_id);
    }
    checkParts(part, where);
  }
}

function checkAmount(holder: unknown, path: string, least = -Infinity, name = "amount"): number {
  const value = (holder as Fields | null | undefined)?.[name] as number;
  if (!Number.isSafeInteger(value)) {
    const fix = Number.isFinite(value) ? `${value} is ${Math.round(value * 100)}` : "299.90 is 29990";
    refuse(`${path}.${name}`, `must be an integer in minor units (${fix})`);
  }
  if (value < least) refuse(`${path}.${name}`, `must be at least ${least}`);
  return value;
}
