import type { ExpressAnswer } from "../dintero/express.ts";
import { sumOfExpressAnswer, type MinorUnits } from "../dintero/money.ts";
import type { OrderItem } from "../dintero/order.ts";
import type { Session } from "../dintero/session.ts";
import type { ShippingOption } from "../dintero/shipping-option.ts";
import { answerErrors, type ErrorOptions } from "./answer-errors.ts";
import { checkExpressAnswer } from "./check-request.ts";
import { parseJson } from "./read-body.ts";
import { readRequestBody } from "./request-body.ts";
import { isResponse, refuse, refuseMethod, respond } from "./respond.ts";
import {
  checkSignatureOptions,
  verifySignature,
  type SignatureOptions,
  type SignatureSettings,
} from "./verify-signature.ts";
import { withTimeout } from "./with-timeout.ts";

/** With a `signatureSecret`, which then needs an `accountId`, requests that Dintero did not sign are refused. */
export interface ExpressOptions extends ErrorOptions, Partial<SignatureOptions> {}

/** What an answer depends on beside the session. */
export interface ExpressContext {
  /** The shipping option that the shopper has chosen already; undefined before the first choice. */
  readonly chosenOption: ShippingOption | undefined;
  /** What `order.amount` of the answer must be with these items: they and the chosen option. */
  amountOf(items: readonly OrderItem[]): MinorUnits;
}

export interface ExpressDecision {
  /** Whether an order in the answer must have items where the session's has. */
  readonly needsItems: boolean;
  decide(
    session: Session,
    context: ExpressContext,
  ): Partial<ExpressAnswer> | Response | Promise<Partial<ExpressAnswer> | Response>;
}

const bodyLimit = 1024 * 1024;
/** Milliseconds. Dintero waits 60 s, and does not try again. */
const decisionTimeout = 55_000;

/** What the address handler and the discount handler have in common. */
export function createExpressHandler(
  options: ExpressOptions,
  { decide, needsItems }: ExpressDecision,
): (request: Request) => Promise<Response> {
  const signature = checkOptionalSignature(options);

  async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuseMethod("POST");
    if (signature) await verifySignature(request, signature);
    const body = await readRequestBody(request, bodyLimit);
    if (!body) return refuse(413, "too-large");
    const session = parseJson(body) as Session | null;
    if (!session?.order) return refuse(400, "invalid-body");
    const limits = { timeout: decisionTimeout, signal: request.signal };
    const decision = await withTimeout(limits, () => decide(session, contextOf(session)));
    if (isResponse(decision)) return decision;
    const { order, shipping_options = session.express?.shipping_options ?? [] } = decision;
    const answer: ExpressAnswer = order ? { shipping_options, order } : { shipping_options };
    checkExpressAnswer(answer, { session, needsItems });
    return respond(200, answer);
  }

  return (request) => answerErrors(request, { onError: options.onError }, () => handle(request));
}

function contextOf({ order }: Session): ExpressContext {
  return {
    chosenOption: order.shipping_option,
    amountOf: (items) => sumOfExpressAnswer({ items }, order),
  };
}

function checkOptionalSignature(options: ExpressOptions): SignatureSettings | undefined {
  const { signatureSecret, accountId = "" } = options;
  if (signatureSecret === undefined) return undefined;
  return checkSignatureOptions({ ...options, accountId, signatureSecret });
}
