import { DinteroError } from "./errors.ts";
import type { SessionRequest, SessionUpdate } from "./session.ts";
import type { Capture, Refund } from "./transaction.ts";

type Fields = Readonly<Record<string, unknown>>;

function refuse(path: string, problem: string): never {
  throw new DinteroError("invalid-session", `${path} ${problem}`);
}

/** Refuses, before it is sent, what Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  const { url, order, profile_id, express } = fields(session, "session");
  address(fields(url, "url")["return_url"], "url.return_url");
  const { currency, merchant_reference } = fields(order, "order");
  if (currency === undefined) refuse("order.currency", "is missing");
  text(merchant_reference, "order.merchant_reference");
  text(profile_id, "profile_id");
  checkOrder(order, session);
  checkExpress(express);
}

/** As {@link checkSession}, for what an update or the answer to an express callback may hold. */
export function checkUpdate({ order, express }: SessionUpdate): void {
  checkOrder(order);
  checkExpress(express);
}

/** A capture or a refund; the path begins with its verb. */
export function checkCapture(body: Capture | Refund, verb: string): void {
  const { amount, items } = fields(body, verb);
  minor(amount, `${verb}.amount`, 1);
  lines(items, `${verb}.items`);
}

export function checkOrder(order: unknown, session: Fields = {}): void {
  const { amount, currency, vat_amount, items, shipping_option, discount_lines, ...rest } = fields(
    order,
    "order",
  );
  if (currency !== undefined && !(typeof currency === "string" && /^[A-Z]{3}$/.test(currency))) {
    refuse("order.currency", "must be an ISO 4217 code such as NOK");
  }
  const total = minor(amount, "order.amount", 0);
  if (vat_amount !== undefined) minor(vat_amount, "order.vat_amount");
  discounts(discount_lines, "order");
  const parts =
    lines(items, "order.items") + (shipping_option ? line(shipping_option, "order.shipping_option") : 0);
  const partly = rest["partial_payment"] || rest["gift_cards"] || session["gift_cards"];
  if (items && !partly && parts !== total) {
    refuse("order.amount", `is ${total}, but items and shipping_option add up to ${parts}`);
  }
}

export function checkShippingOptions(options: unknown, path = "shipping_options"): void {
  lines(options, path);
}

function checkExpress(express: unknown): void {
  if (express)
    checkShippingOptions(fields(express, "express")["shipping_options"], "express.shipping_options");
}

/** The sum of a list of lines; no list is 0. */
function lines(list: unknown, path: string): number {
  if (list === undefined) return 0;
  if (!Array.isArray(list)) refuse(path, "must be a list");
  const seen = new Set<unknown>();
  let sum = 0;
  list.forEach((item: unknown, index) => {
    const where = `${path}[${index}]`;
    sum += line(item, where);
    const { line_id } = item as Fields;
    if (line_id !== undefined && seen.has(line_id)) refuse(`${where}.line_id`, "is used twice");
    seen.add(line_id);
  });
  return sum;
}

function line(item: unknown, path: string): number {
  const { amount, vat_amount, gross_amount, vat, discount_lines } = fields(item, path);
  for (const [name, value] of Object.entries({ vat_amount, gross_amount })) {
    if (value !== undefined) minor(value, `${path}.${name}`);
  }
  if (vat !== undefined && !(typeof vat === "number" && (vat === 0 || (vat >= 1 && vat <= 100)))) {
    refuse(`${path}.vat`, "must be a percentage: 25, not 0.25");
  }
  discounts(discount_lines, path);
  return minor(amount, `${path}.amount`);
}

function discounts(list: unknown, path: string): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) refuse(`${path}.discount_lines`, "must be a list");
  list.forEach((item: unknown, index) => {
    const where = `${path}.discount_lines[${index}]`;
    minor(fields(item, where)["amount"], `${where}.amount`, 0);
  });
}

function minor(value: unknown, path: string, least = -Infinity): number {
  if (!Number.isSafeInteger(value)) {
    const fix =
      typeof value === "number" && Number.isFinite(value)
        ? `${value} is ${Math.round(value * 100)}`
        : "299.90 is 29990";
    refuse(path, `must be an integer in minor units (${fix})`);
  }
  if ((value as number) < least) refuse(path, `must be at least ${least}`);
  return value as number;
}

function fields(value: unknown, path: string): Fields {
  return value && typeof value === "object" ? (value as Fields) : refuse(path, "is missing");
}

function text(value: unknown, path: string): void {
  if (typeof value !== "string" || !value) refuse(path, "is missing");
}

function address(value: unknown, path: string): void {
  text(value, path);
  if (!URL.canParse(value as string)) refuse(path, "must be a whole address, with https://");
}
