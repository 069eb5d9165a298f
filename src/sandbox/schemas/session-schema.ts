import * as v from "valibot";
import type { SessionRequest, SessionUpdate } from "../../dintero/session.ts";
import { sumOfOrder, type OrderParts } from "../../dintero/money.ts";
import { currency, order, orderFields, shippingOptions } from "./order-schema.ts";
import { parse, refusal } from "./parse.ts";
import { amount, anyText, link, list, object, oneOf, text, truth, webAddress } from "./values.ts";

const urls = object({
  return_url: link,
  callback_url: v.optional(webAddress),
  merchant_terms_url: v.optional(webAddress),
});

const express = object({
  shipping_options: shippingOptions,
  shipping_mode: v.optional(oneOf(["shipping_required", "shipping_not_required"])),
  customer_types: v.optional(list(oneOf(["b2c", "b2b"]))),
  shipping_address_callback_url: v.optional(webAddress),
  discount_codes: v.optional(
    object({
      max_count: v.optional(v.pipe(v.number("must be a number"), v.integer("must be a whole number"))),
      callback_url: v.optional(webAddress),
    }),
  ),
});

const customer = object({
  customer_id: v.optional(anyText),
  email: v.optional(anyText),
  phone_number: v.optional(anyText),
  tokens: v.optional(object({})),
});

const metadata = v.record(
  v.string(),
  v.union([v.string(), v.number()], "must be a text or a number"),
  "must be an object",
);

const optionalFields = {
  express: v.optional(express),
  customer: v.optional(customer),
  metadata: v.optional(metadata),
  expires_at: v.optional(text),
};

const newSession = object({
  ...optionalFields,
  url: urls,
  order,
  profile_id: text,
  configuration: v.optional(object({})),
});

const newSessionWithoutProfile = object({ ...optionalFields, url: urls, order, configuration: object({}) });

const update = object({
  order: object({
    ...orderFields,
    amount: v.optional(amount),
    currency: v.optional(currency),
  }),
  express: v.optional(express),
  remove_lock: v.optional(truth),
});

export interface SessionChecks {
  /** Dintero-Feature-Toggles: strict-session-amounts. */
  readonly strict: boolean;
  /** The clock, in ms. */
  readonly now: number;
  /** False for `POST /sessions`, which has `configuration` in the profile's place. Default true. */
  readonly withProfile?: boolean;
}

/** Refuses, with 400 and every path that is wrong, what Dintero would not make a session of. */
export function parseSession(
  body: unknown,
  { strict, now, withProfile = true }: SessionChecks,
): SessionRequest {
  const session = (
    withProfile ? parse(newSession, body) : parse(newSessionWithoutProfile, body)
  ) as SessionRequest;
  if (session.expires_at !== undefined && !(Date.parse(session.expires_at) > now))
    throw refusal([
      {
        path: "expires_at",
        code: "format",
        message: "expires_at must be a time in the future, as in 2026-11-22T20:00:00Z",
      },
    ]);
  if (strict) requireSum(session.order, session.order.amount);
  return session;
}

/** The same for the body of an update. */
export function parseUpdate(body: unknown): SessionUpdate {
  return parse(update, body) as SessionUpdate;
}

/** Refuses an amount that is not the sum of its parts; what is paid in part, or has no items, is not checked. */
export function requireSum(
  parts: OrderParts & { readonly partial_payment?: boolean | undefined },
  orderAmount: number,
): void {
  if (!parts.items || parts.partial_payment) return;
  const sum = sumOfOrder(parts);
  if (orderAmount !== sum)
    throw refusal([
      {
        path: "order.amount",
        code: "amount_mismatch",
        message: `order.amount is ${orderAmount}, its items and shipping option add up to ${sum}`,
      },
    ]);
}
