import * as v from "valibot";
import type { Customer } from "../../dintero/customer.ts";
import type { Order } from "../../dintero/order.ts";
import { currency, order, orderFields } from "./order-schema.ts";
import { parse } from "./parse.ts";
import { amount, link, list, object, oneOf, text, webAddress } from "./values.ts";
import type { SessionRequest } from "../../dintero/session.ts";

/** A request for a payment token, and its session. */
export interface TokenRequest {
  readonly session: Pick<SessionRequest, "order" | "url">;
  readonly token_provider: {
    readonly payment_product_type: string;
    readonly token_types: readonly ("payment_token" | "recurrence_token")[];
  };
}

const tokenRequest = object({
  session: object({
    order: object({
      ...orderFields,
      amount: v.optional(amount, 0),
      currency,
      merchant_reference: text,
    }),
    url: object({ return_url: link, callback_url: v.optional(webAddress) }),
  }),
  token_provider: object({
    payment_product_type: text,
    token_types: v.pipe(list(oneOf(["payment_token", "recurrence_token"])), v.nonEmpty("must not be empty")),
  }),
});

/** The body of `POST /sessions/payment-token`. */
export function parseTokenRequest(body: unknown): TokenRequest {
  return parse(tokenRequest, body) as unknown as TokenRequest;
}

/** A payment with a token, made by the merchant's server. */
export interface TokenPayment {
  readonly session: {
    readonly order: Order;
    readonly customer: Customer;
    readonly url?: { readonly callback_url?: string };
    readonly configuration?: SessionRequest["configuration"];
  };
  readonly payment: {
    readonly payment_product_type: string;
    readonly operation: "unscheduled_purchase" | "recurring_purchase";
  };
}

const tokenPayment = object({
  session: object({
    order,
    customer: object({ tokens: object({}) }),
    url: v.optional(object({ callback_url: v.optional(webAddress) })),
    configuration: v.optional(object({})),
  }),
  payment: object({
    payment_product_type: text,
    operation: oneOf(["unscheduled_purchase", "recurring_purchase"]),
  }),
});

/** The body of `POST /sessions/pay`. */
export function parseTokenPayment(body: unknown): TokenPayment {
  return parse(tokenPayment, body) as unknown as TokenPayment;
}
