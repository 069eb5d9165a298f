import type { ExpressAnswer } from "../dintero/express.ts";
import type { Session } from "../dintero/session.ts";
import { createExpressHandler, type ExpressContext, type ExpressOptions } from "./express-handler.ts";

type DiscountDecision = Partial<ExpressAnswer> | Response;

export interface DiscountHandlerOptions extends ExpressOptions {
  /**
   * The order with the discounts of `session.order.discount_codes` taken off the amounts of its items, which are all
   * given; its amount is that of the items and the chosen shipping option: `context.amountOf(items)`. Without
   * `shipping_options` the session's own are kept. The session comes from the request's body, which no signature covers:
   * take prices from the catalogue. Within 55 s; Dintero gives up after 60.
   */
  discounts(session: Session, context: ExpressContext): DiscountDecision | Promise<DiscountDecision>;
}

/** The endpoint at `express.discount_codes.callback_url`. */
export function createDiscountHandler(
  options: DiscountHandlerOptions,
): (request: Request) => Promise<Response> {
  return createExpressHandler(options, {
    needsItems: true,
    decide: (session, context) => options.discounts(session, context),
  });
}
