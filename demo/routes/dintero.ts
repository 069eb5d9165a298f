// @ts-check
import {
  createAddressHandler,
  createCallbackHandler,
  createDiscountHandler,
} from "dintero-checkout-element/server";
import { Hono } from "hono";
import { sum } from "../shop/catalogue.js";
import { discounted, shippingOptions } from "../shop/express.js";
import { reason } from "../shop/reason.js";

/**
 * What Dintero calls. Nothing that it says is believed: a callback is only a reason to read the transaction.
 *
 * @param {import("../shop/shop.js").Shop} shop
 */
export function dinteroRoutes(shop) {
  const routes = new Hono();
  const signed = {
    accountId: shop.client.accountId,
    ...(shop.signatureSecret ? { signatureSecret: shop.signatureSecret } : {}),
    publicUrl: shop.origin,
    onError(/** @type {unknown} */ error, /** @type {Request} */ { url }) {
      shop.log(`${new URL(url).pathname} failed: ${reason(error)}`);
    },
  };

  if (shop.features.callbacks && shop.signatureSecret) {
    const callback = createCallbackHandler({
      ...signed,
      signatureSecret: shop.signatureSecret,
      async onCallback({ merchantReference, transactionId, error }) {
        if (!shop.store.order(merchantReference))
          return shop.log(`Callback for ${merchantReference}: not an order here.`);
        const prompt = { transactionId: transactionId || undefined, refresh: true };
        const order = await shop.settlement.settle(merchantReference, prompt);
        if (error) await shop.settlement.attemptEnded(order.id);
        shop.log(`Callback for ${order.id}: ${order.status}.`);
      },
    });
    routes.on(["GET", "POST"], "/callback", (c) => callback(c.req.raw));
  }

  if (shop.features.express) {
    const address = createAddressHandler({
      ...signed,
      shippingOptions: async (session) => shippingOptions(session.order.shipping_address ?? {}),
    });
    const discounts = createDiscountHandler({
      ...signed,
      discounts: async (session) => discount(shop, session),
    });
    routes.post("/address", (c) => address(c.req.raw));
    routes.post("/discounts", (c) => discounts(c.req.raw));
  }

  return routes;
}

/**
 * @param {import("../shop/shop.js").Shop} shop
 * @param {import("dintero-checkout-element/server").Session} session
 */
function discount(shop, session) {
  const order = shop.store.order(session.order.merchant_reference);
  if (!order) throw new Error(`There is no order ${session.order.merchant_reference}.`);
  const items = discounted(order.lines, session.order.discount_codes ?? []);
  const vat = items.reduce((total, line) => total + line.vat_amount, 0);
  return {
    order: { amount: sum(items), vat_amount: vat + (session.order.shipping_option?.vat_amount ?? 0), items },
  };
}
