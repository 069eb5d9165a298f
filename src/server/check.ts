import { must } from "./errors.ts";
import type { Order, SessionRequest, SessionUpdate } from "./session.ts";
import type { Capture, Refund } from "./transaction.ts";

type Fields = Readonly<Record<string, unknown>>;

function check(fine: unknown, path: string, what: string): void {
  must(fine, "invalid-session", path, what);
}

/** Refuses, before it is sent, what Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  const { url, order, profile_id } = (session ?? {}) as Partial<SessionRequest>;
  check(URL.canParse(url?.return_url ?? ""), "url.return_url", "a whole address");
  check(/^[A-Z]{3}$/.test(`${order?.currency}`), "order.currency", "a code like NOK");
  check(order?.merchant_reference, "order.merchant_reference", "given");
  check(profile_id, "profile_id", "given");
  checkUpdate(session);
}

/** Refuses wrong amounts in a session, in its update, or in the answer to one of Dintero's questions. */
export function checkUpdate({ order, express, ...rest }: SessionUpdate): void {
  checkAmount(order, "order", 0);
  checkParts(order, "order");
  checkParts(express, "express");
  const { amount, items, shipping_option, partial_payment, gift_cards } = order as Order;
  if (shipping_option) checkAmount(shipping_option, "order.shipping_option");
  if (!items || partial_payment || gift_cards || (rest as Fields)["gift_cards"]) return;
  const sum = items.reduce((before, item) => before + item.amount, shipping_option?.amount ?? 0);
  check(sum === amount, "order.amount", `${sum}, the sum of items and shipping_option, not ${amount}`);
}

/** Refuses a capture or refund of nothing or of fractions. */
export function checkCapture(body: Capture | Refund | undefined, verb: string): void {
  checkAmount(body, verb, 1);
  checkParts(body, verb);
}

/** Amounts, VAT and line ids, however deep. */
export function checkParts(value: unknown, path: string): void {
  if (!value || typeof value !== "object") return;
  const lines = /(items|options|lines)$/.test(path);
  const lineIds = new Set();
  for (const [key, part] of Object.entries(value as Fields)) {
    const where = path + (lines ? `[${key}]` : `.${key}`);
    if (part === undefined) continue;
    if (key.endsWith("amount")) checkAmount(value, path, -Infinity, key);
    if (key === "vat") {
      const vat = part as number;
      check(vat === 0 || (vat >= 1 && vat <= 100), where, "a percentage: 25, not 0.25");
    }
    if (lines) {
      checkAmount(part, where);
      const { line_id } = part as Fields;
      check(!line_id || lineIds.size < lineIds.add(line_id).size, `${where}.line_id`, "used once");
    }
    // What the merchant notes for itself is its own.
    if (key !== "metadata") checkParts(part, where);
  }
}

function checkAmount(holder: unknown, path: string, least = -Infinity, name = "amount"): void {
  const value = (holder as Fields | null | undefined)?.[name] as number;
  const decimal = Number.isFinite(value) ? value : 299.9;
  const fix = `an integer in minor units (${decimal} is ${Math.round(decimal * 100)})`;
  check(Number.isSafeInteger(value), `${path}.${name}`, fix);
  check(value >= least, `${path}.${name}`, `at least ${least}`);
}
