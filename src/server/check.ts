import { must } from "./errors.ts";
import type { Order, SessionRequest, SessionUpdate } from "./session.ts";

type Fields = Readonly<Record<string, unknown>>;

function check(fine: unknown, path: string, what: string): void {
  must(fine, path, what, "invalid-session");
}

/** Refuses, before it is sent, what Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  const { url, order, profile_id } = (session ?? {}) as Partial<SessionRequest>;
  check(URL.canParse(url?.return_url as string), "url.return_url", "a whole url");
  check(/^[A-Z]{3}$/.test(order?.currency as string), "order.currency", "a code like NOK");
  check(order?.merchant_reference, "order.merchant_reference", "given");
  check(profile_id, "profile_id", "given");
  checkUpdate(session);
}

/** Refuses wrong amounts in a session, in its update, or in the answer to one of Dintero's questions. */
export function checkUpdate({ order, express, ...rest }: SessionUpdate): void {
  checkLine(order, "order", 0);
  checkParts(express, "express");
  const { amount, items, shipping_option, partial_payment, gift_cards } = order as Order;
  if (shipping_option) checkLine(shipping_option, "order.shipping_option");
  if (!items || partial_payment || gift_cards || (rest as Fields)["gift_cards"]) return;
  check(Array.isArray(items), "order.items", "a list");
  const sum = items.reduce((before, item) => before + item.amount, shipping_option?.amount ?? 0);
  check(sum === amount, "order.amount", `${sum}, the sum of its parts`);
}

/** Refuses what has no amount, or less than the `least`: nobody captures or refunds nothing. */
export function checkLine(line: unknown, path: string, least = -Infinity): void {
  const amount = (line as Fields | null | undefined)?.["amount"];
  const where = `${path}.amount`;
  checkParts(amount, where);
  check((amount as number) >= least, where, `at least ${least}`);
  checkParts(line, path);
}

/** Amounts, VAT and line ids, however deep. */
export function checkParts(value: unknown, path: string): void {
  if (path.endsWith("amount")) {
    check(Number.isSafeInteger(value), path, "an integer in minor units (299.90 is 29990)");
  }
  if (path.endsWith(".vat")) {
    const vat = value as number;
    check(vat === 0 || (vat >= 1 && vat <= 100), path, "a percentage: 25, not 0.25");
  }
  if (!value || typeof value !== "object") return;
  const lines = /(items|options|lines)$/.test(path);
  const lineIds = new Set();
  for (const [key, part] of Object.entries(value as Fields)) {
    // What the merchant notes for itself is its own.
    if (part === undefined || key === "metadata") continue;
    const where = path + (lines ? `[${key}]` : `.${key}`);
    if (!lines) checkParts(part, where);
    else {
      checkLine(part, where);
      const { line_id } = part as Fields;
      check(!line_id || lineIds.size < lineIds.add(line_id).size, `${where}.line_id`, "used once");
    }
  }
}
