import { checkExpress, checkOrder, checkShippingOptions } from "./check-order.ts";
import { Check, type Json } from "./check.ts";
import type { SessionRequest } from "./session.ts";

/** Refuses, with 400 and every path that is wrong, what Dintero would not make a session of. */
export function validateSession(body: unknown, strict: boolean, now: number): SessionRequest {
  const check = new Check();
  const session = check.body(body);
  const url = check.object(session["url"], "url");
  if (url) {
    check.url(url, "return_url", "url.return_url", true, false);
    check.url(url, "callback_url", "url.callback_url", false, true);
    check.url(url, "merchant_terms_url", "url.merchant_terms_url", false, true);
  }
  checkOrder(check, session["order"], "order", { strict, named: true });
  checkExpress(check, session["express"], "express");
  check.text(session, "profile_id", "profile_id");
  const expires = check.text(session, "expires_at", "expires_at", false);
  if (expires !== undefined && !(Date.parse(expires) > now))
    check.add("expires_at", "format", "expires_at must be a time in the future, as in 2026-11-22T20:00:00Z");
  check.done();
  return session as unknown as SessionRequest;
}

/** The same for the body of an update: an order and, in express, its options. */
export function validateUpdate(body: unknown, strict: boolean): Json {
  const check = new Check();
  const update = check.body(body);
  checkOrder(check, update["order"], "order", { strict, named: false });
  checkExpress(check, update["express"], "express");
  const remove = update["remove_lock"];
  if (remove !== undefined && typeof remove !== "boolean")
    check.add("remove_lock", "type", "remove_lock must be true or false");
  check.done();
  return update;
}

/** The same for what a merchant's address or discount callback answered. */
export function validateExpressAnswer(body: unknown): Json {
  const check = new Check();
  const answer = check.body(body);
  if (answer["shipping_options"] === undefined)
    check.add("shipping_options", "required", "shipping_options must be a list (empty: no delivery there)");
  checkShippingOptions(check, answer["shipping_options"], "shipping_options");
  if (answer["order"] !== undefined)
    checkOrder(check, answer["order"], "order", { strict: false, named: false, priced: false });
  check.done();
  return answer;
}

/** The same for a capture or a refund. */
export function validateAmount(body: unknown): { readonly amount: number } & Json {
  const check = new Check();
  const request = check.body(body);
  check.integer(request, "amount", "amount", { min: 1 });
  const items = request["items"];
  for (const [index, entry] of check.list(items, "items").entries()) {
    const item = check.object(entry, `items[${index}]`);
    if (!item) continue;
    check.text(item, "line_id", `items[${index}].line_id`);
    check.integer(item, "amount", `items[${index}].amount`);
  }
  check.done();
  return request as { amount: number };
}
