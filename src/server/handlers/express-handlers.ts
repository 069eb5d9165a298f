import type { ExpressAnswer } from "../../dintero/express.ts";
import { sumOfExpressAnswer, type MinorUnits } from "../../dintero/money.ts";
import type { OrderItem } from "../../dintero/order.ts";
import type { Session } from "../../dintero/session.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import { checkExpressAnswer } from "../check-request.ts";
import { parseJson, readRequestBody } from "../body.ts";
import {
  checkSignatureOptions,
  verifySignature,
  type SignatureOptions,
  type SignatureSettings,
} from "../signatures/verify-signature.ts";
import { withTimeout } from "../with-timeout.ts";
import { createHandler, type ErrorOptions, type Handler } from "./handler.ts";
import { isResponse, Refusal, refuseMethod, respond, sendable } from "./respond.ts";

/**
 * With a `signatureSecret`, which then needs an `accountId`, requests that Dintero did not sign are refused. An account
 * without a secret leaves the option out: one that is named, but has no value, refuses every request.
 */
export interface ExpressOptions<R extends Request = Request, C = unknown>
  extends ErrorOptions<C>, Partial<SignatureOptions<R, C>> {}

/** What an answer depends on beside the session. */
export interface ExpressContext<R extends Request = Request> {
  /** The shipping option that the shopper has chosen already; undefined before the first choice. */
  readonly chosenOption: ShippingOption | undefined;
  /** What `order.amount` of the answer must be with these items: they and the chosen option. */
  amountOf(items: readonly OrderItem[]): MinorUnits;
  /** Dintero's request, as the handler was called with it. */
  readonly request: R;
}

type Decision = Partial<ExpressAnswer> | Response;
type AddressDecision = readonly ShippingOption[] | ExpressAnswer | Response;

export interface AddressHandlerOptions<R extends Request = Request, C = unknown> extends ExpressOptions<
  R,
  C
> {
  /**
   * The shipping options for `session.order.shipping_address`, which may hold the country and the postal code and nothing
   * else; an empty list means that the merchant does not deliver there. With a new `order` beside them, its amount is
   * that of the items and the option that is chosen already: `express.amountOf(items)`. The session comes from the
   * request's body, which no signature covers: take prices from the catalogue. Within 55 s; Dintero gives up after 60.
   * `context` is the handler's second argument.
   */
  shippingOptions(
    session: Session,
    express: ExpressContext<R>,
    context: C,
  ): AddressDecision | Promise<AddressDecision>;
}

/** The endpoint at `express.shipping_address_callback_url`. */
export function createAddressHandler<R extends Request = Request, C = unknown>(
  options: AddressHandlerOptions<R, C>,
): Handler<R, C> {
  return createExpressHandler(options, {
    needsItems: false,
    async decide(session, express, context) {
      const decision = await options.shippingOptions(session, express, context);
      if (isResponse(decision) || !Array.isArray(decision)) return decision as Decision;
      return { shipping_options: decision as readonly ShippingOption[] };
    },
  });
}

export interface DiscountHandlerOptions<R extends Request = Request, C = unknown> extends ExpressOptions<
  R,
  C
> {
  /**
   * The order with the discounts of `session.order.discount_codes` taken off the amounts of its items, which are all
   * given; its amount is that of the items and the chosen shipping option: `express.amountOf(items)`. Without
   * `shipping_options` the session's own are kept. The session comes from the request's body, which no signature covers:
   * take prices from the catalogue. Within 55 s; Dintero gives up after 60. `context` is the handler's second argument.
   */
  discounts(session: Session, express: ExpressContext<R>, context: C): Decision | Promise<Decision>;
}

/** The endpoint at `express.discount_codes.callback_url`. */
export function createDiscountHandler<R extends Request = Request, C = unknown>(
  options: DiscountHandlerOptions<R, C>,
): Handler<R, C> {
  return createExpressHandler(options, {
    needsItems: true,
    decide: (session, express, context) => options.discounts(session, express, context),
  });
}

interface ExpressDecision<R extends Request, C> {
  /** Whether an order in the answer must have items where the session's has. */
  readonly needsItems: boolean;
  decide(session: Session, express: ExpressContext<R>, context: C): Decision | Promise<Decision>;
}

const bodyLimit = 1024 * 1024;
/** Milliseconds. Dintero waits 60 s, and does not try again. */
const decisionTimeout = 55_000;

/** What the address handler and the discount handler have in common. */
function createExpressHandler<R extends Request, C>(
  options: ExpressOptions<R, C>,
  { decide, needsItems }: ExpressDecision<R, C>,
): Handler<R, C> {
  const signature = checkOptionalSignature(options);

  async function work(request: R, context: C): Promise<Response | Refusal> {
    if (request.method !== "POST") return refuseMethod("POST");
    if (signature) await verifySignature(request, { settings: signature, context });
    const body = await readRequestBody(request, { limit: bodyLimit, context });
    if (!body) return new Refusal({ status: 413, code: "too-large", reason: "its body is over 1 MB" });
    const session = parseJson(body) as Session | null;
    if (typeof session?.order !== "object" || session.order === null) {
      const reason = "its body is not a session with an order";
      return new Refusal({ status: 400, code: "invalid-body", reason });
    }
    const limits = { timeout: decisionTimeout, signal: request.signal };
    const express = expressContextOf(session, request);
    const decision = await withTimeout(limits, () => decide(session, express, context));
    if (isResponse(decision)) return sendable(decision);
    const { order, shipping_options = session.express?.shipping_options ?? [] } = decision;
    const answer: ExpressAnswer = order ? { shipping_options, order } : { shipping_options };
    checkExpressAnswer(answer, { session, needsItems });
    return respond(200, answer);
  }

  return createHandler({ work, onError: options.onError });
}

function expressContextOf<R extends Request>({ order }: Session, request: R): ExpressContext<R> {
  return {
    chosenOption: order.shipping_option,
    amountOf: (items) => sumOfExpressAnswer({ items }, order),
    request,
  };
}

function checkOptionalSignature<R extends Request, C>(
  options: ExpressOptions<R, C>,
): SignatureSettings<R, C> | undefined {
  // A variable that is not set must not open the endpoint for unsigned requests.
  if (!Object.hasOwn(options, "signatureSecret")) return undefined;
  const { signatureSecret, accountId, ...others } = options;
  return checkSignatureOptions({
    ...others,
    accountId: accountId as string,
    signatureSecret: signatureSecret as string,
  });
}
