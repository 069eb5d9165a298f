import type { ExpressAnswer } from "../dintero/express.ts";
import type { Session } from "../dintero/session.ts";
import type { ShippingOption } from "../dintero/shipping-option.ts";
import { createExpressHandler, type ExpressContext, type ExpressOptions } from "./express-handler.ts";
import { isResponse } from "./respond.ts";

type AddressDecision = readonly ShippingOption[] | ExpressAnswer | Response;

export interface AddressHandlerOptions extends ExpressOptions {
  /**
   * The shipping options for `session.order.shipping_address`, which may hold the country and the postal code and nothing
   * else; an empty list means that the merchant does not deliver there. With a new `order` beside them, its amount is
   * that of the items and the option that is chosen already: `context.amountOf(items)`. The session comes from the
   * request's body, which no signature covers: take prices from the catalogue. Within 55 s; Dintero gives up after 60.
   */
  shippingOptions(session: Session, context: ExpressContext): AddressDecision | Promise<AddressDecision>;
}

/** The endpoint at `express.shipping_address_callback_url`. */
export function createAddressHandler(
  options: AddressHandlerOptions,
): (request: Request) => Promise<Response> {
  return createExpressHandler(options, {
    needsItems: false,
    async decide(session, context) {
      const decision = await options.shippingOptions(session, context);
      if (isResponse(decision) || !Array.isArray(decision)) return decision as ExpressAnswer | Response;
      return { shipping_options: decision as readonly ShippingOption[] };
    },
  });
}
