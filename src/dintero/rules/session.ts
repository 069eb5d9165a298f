import { list, must, object, oneOf, record, type Problem, type Rule } from "./rule.ts";
import { order, orderUpdate, orderWithoutMoney, shippingOptions } from "./order.ts";
import { anyText, link, phoneNumber, text, truth, webAddress } from "./values.ts";

const urls = object({
  required: { return_url: link },
  optional: { callback_url: webAddress, merchant_terms_url: webAddress },
});

const express = object({
  required: { shipping_options: shippingOptions },
  optional: {
    shipping_mode: oneOf(["shipping_required", "shipping_not_required"]),
    customer_types: list(oneOf(["b2c", "b2b"])),
    shipping_address_callback_url: webAddress,
    discount_codes: object({
      optional: {
        max_count: must("type", "a whole number", Number.isSafeInteger),
        callback_url: webAddress,
      },
    }),
  },
});

const customer = object({
  optional: { customer_id: anyText, email: anyText, phone_number: phoneNumber, tokens: object() },
});

const checkbox = object({
  required: { id: text, label: text },
  optional: {
    checked: truth,
    required: truth,
    link: object({ required: { url: webAddress, text } }),
  },
});

const configuration = object({
  optional: {
    auto_capture: truth,
    channel: oneOf(["ecommerce", "in_store", "in_app"]),
    default_payment_type: text,
    // Keyed by payment type or wildcard.
    active_payment_types: record(object({ optional: { enabled: truth } })),
  },
});

const metadata = record(
  must("type", "a text or a number", (value) => typeof value === "string" || typeof value === "number"),
);

const optional = {
  express,
  customer,
  configuration,
  metadata,
  checkboxes: list(checkbox),
  expires_at: text,
};

/** `POST /sessions-profile`. */
export const newSession: Rule = object({ required: { url: urls, order, profile_id: text }, optional });

/** `POST /sessions`, which has `configuration` in the profile's place. */
export const newSessionWithoutProfile: Rule = object({
  required: { url: urls, order, configuration },
  optional,
});

/** `PUT /sessions/{id}`. */
export const sessionUpdate: Rule = object({
  required: { order: orderUpdate },
  optional: { express, remove_lock: truth },
});

/** `POST /sessions/payment-token`: a page that saves a card and takes no money. */
export const tokenRequest: Rule = object({
  required: {
    session: object({
      required: {
        order: orderWithoutMoney,
        url: object({ required: { return_url: link }, optional: { callback_url: webAddress } }),
      },
    }),
    token_provider: object({ required: { payment_product_type: text, token_types: tokenTypes } }),
  },
});

function tokenTypes(value: unknown, path: string): readonly Problem[] {
  const names = oneOf(["payment_token", "recurrence_token"]);
  const problems = list(names)(value, path);
  if (problems.length || (value as readonly unknown[]).length) return problems;
  return [{ path, code: "required", message: `${path} must not be empty` }];
}

/** `POST /sessions/pay`: a payment with a token, made by the merchant's server. */
export const tokenPayment: Rule = object({
  required: {
    session: object({
      required: { order, customer: object({ required: { tokens: object() } }) },
      optional: { url: object({ optional: { callback_url: webAddress } }), configuration },
    }),
    payment: object({
      required: {
        payment_product_type: text,
        operation: oneOf(["unscheduled_purchase", "recurring_purchase", "invoice_purchase"]),
      },
    }),
  },
});
