import { must } from "./errors.ts";
import type { Order, SessionRequest, SessionUpdate } from "./session.ts";
import type { Capture, Refund } from "./transaction.ts";

type Fields = Readonly<Record<string, unknown>>;

const wrong = "invalid-session";

/** Refuses, before it is sent, what Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  const { url, order, profile_id } = (session ?? {}) as Partial<SessionRequest>;
  must(URL.canParse(url?.return_url ?? ""), wrong, "url.return_url", "a whole address");
  must(/^[A-Z]{3}$/.test(`${order?.currency}`), wrong, "order.currency", "a code like NOK");
  must(order?.merchant_reference, wrong, "order.merchant_reference", "given");
  must(profile_id, wrong, "profile_id", "given");
  checkUpdate(session);
}

/** Refuses wrong amounts in a session, in its update, or in the answer to one of Dintero's questions. */
export function checkUpdate({ order, express, ...rest }: SessionUpdate): void {
  checkAmount(order?.amount, "order.amount", 0);
  checkParts(order, "order");
  checkParts(express, "express");
  const { amount, items, shipping_option, partial_payment, gift_cards } = order as Order;
  if (shipping_option) checkAmount(shipping_option.amount, "order.shipping_option.amount");
  if (!items || partial_payment || gift_cards || (rest as Fields)["gift_cards"]) return;
  const sum = items.reduce((before, item) => before + item.amount, shipping_option?.amount ?? 0);
  must(sum === amount, wrong, "order.amount", `${sum}, the sum of items and shipping_option, not ${amount}`);
}

/** Refuses a capture or refund of nothing or of fractions. */
export function checkCapture(body: Capture | Refund | undefined, verb: string): void {
  checkAmount(body?.amount, `${verb}.amount`, 1);
  checkParts(body, verb);
}

/** Amounts, VAT and line ids, however deep. */
export function checkParts(value: unknown, path: string): void {
  if (!(value instanceof Object)) return;
  const lines = /(items|options|lines)$/.test(path);
  const lineIds = new Set();
  for (const [key, part] of Object.entries(value as Fields)) {
    // What the merchant notes for itself is its own.
    if (part === undefined || key === "metadata") continue;
    const where = path + (lines ? `[${key}]` : `.${key}`);
    if (key.endsWith("amount")) checkAmount(part, where);
    if (key === "vat") {
      const vat = part as number;
      must(vat === 0 || (vat >= 1 && vat <= 100), wrong, where, "a percentage: 25, not 0.25");
    }
    if (lines) {
      const { amount, line_id } = (part ?? {}) as Fields;
      checkAmount(amount, `${where}.amount`);
      must(!lineIds.has(line_id), wrong, `${where}.line_id`, "used once");
      if (line_id) lineIds.add(line_id);
    }
    checkParts(part, where);
  }
}

function checkAmount(value: unknown, path: string, least = -Infinity): void {
  const decimal = Number.isFinite(value) ? (value as number) : 299.9;
  const fix = `an integer in minor units (${decimal} is ${Math.round(decimal * 100)})`;
  must(Number.isSafeInteger(value), wrong, path, fix);
  must((value as number) >= least, wrong, path, `at least ${least}`);
}
