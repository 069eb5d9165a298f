import { checkSignatureOptions, verifySignature, type SignatureOptions } from "./callback.ts";
import { checkParts, checkUpdate } from "./check.ts";
import {
  answer,
  guard,
  isResponse,
  jsonOf,
  orRefuse,
  readBody,
  refuse,
  refuseMethod,
  type ErrorOptions,
} from "./http.ts";
import type { DiscountLine, OrderItem, Session, ShippingOption } from "./session.ts";
import { within } from "./within.ts";

/** What Dintero is told: how it can be delivered, and what it costs now. */
export interface ExpressAnswer {
  /** Empty means that the merchant does not ship there. */
  readonly shipping_options?: readonly ShippingOption[];
  readonly order?: {
    /** Sum of the items, after discounts, in minor units. */
    readonly amount: number;
    readonly items?: readonly OrderItem[];
    readonly discount_lines?: readonly DiscountLine[];
    readonly [field: string]: unknown;
  };
}

/** With a `signatureSecret`, which then wants an `accountId`, requests that Dintero did not sign are refused. */
export interface ExpressOptions extends ErrorOptions, Partial<SignatureOptions> {}

type Awaitable<T> = T | Promise<T>;

export interface AddressHandlerOptions extends ExpressOptions {
  /**
   * The ways to deliver to `session.order.shipping_address`, which may hold the country and the postal code and nothing
   * else; an empty list means that the merchant does not ship there. The session comes from the request's body, which no
   * signature covers: take prices from the catalogue. Within 55 s; Dintero gives up after 60.
   */
  shippingOptions(session: Session): Awaitable<readonly ShippingOption[] | ExpressAnswer | Response>;
}

export interface DiscountHandlerOptions extends ExpressOptions {
  /**
   * The order with the discounts of `session.order.discount_codes` already taken off its `amount`. Without
   * `shipping_options` the session's own are kept. The session comes from the request's body, which no signature covers:
   * take prices from the catalogue. Within 55 s; Dintero gives up after 60.
   */
  discounts(session: Session): Awaitable<ExpressAnswer | Response>;
}

/** The endpoint at `express.shipping_address_callback_url`. */
export function createAddressHandler(
  options: AddressHandlerOptions,
): (request: Request) => Promise<Response> {
  return createExpressHandler(options, async (session) => {
    const result = await options.shippingOptions(session);
    return Array.isArray(result) ? { shipping_options: result } : (result as ExpressAnswer | Response);
  });
}

/** The endpoint at `express.discount_codes.callback_url`. */
export function createDiscountHandler(
  options: DiscountHandlerOptions,
): (request: Request) => Promise<Response> {
  return createExpressHandler(options, options.discounts);
}

function createExpressHandler(
  options: ExpressOptions,
  decide: (session: Session) => Awaitable<ExpressAnswer | Response>,
): (request: Request) => Promise<Response> {
  const { signatureSecret } = options;
  const signature =
    signatureSecret === undefined ? undefined : ({ ...options, signatureSecret } as SignatureOptions);
  if (signature) checkSignatureOptions(signature);
  return (request) =>
    guard(request, options, false, async () => {
      if (request.method !== "POST") return refuseMethod("POST");
      if (signature) await orRefuse(verifySignature(request, signature), request, options);
      const body = await readBody(request, 1024 * 1024);
      if (!body) return refuse(413, "too-large");
      const session = jsonOf(body) as Session | null;
      if (!session?.order) return refuse(400, "invalid-body");
      const decision = await within(55_000, request.signal, () => decide(session));
      if (isResponse(decision)) return decision;
      const { order, shipping_options = session.express?.shipping_options ?? [] } = decision;
      checkParts(shipping_options, "shipping_options");
      if (order) checkUpdate({ order });
      return answer(200, order ? { shipping_options, order } : { shipping_options });
    });
}
