import {
  createAddressHandler,
  createCallbackHandler,
  createDiscountHandler,
  type Callback,
} from "dintero-checkout-element/server";
import { Hono } from "hono";
import { describe } from "../shop/errors.ts";
import { discountedOrder, shippingOptions } from "../shop/express.ts";
import { endAttempt, settle } from "../shop/settlement.ts";
import type { Shop } from "../shop/shop.ts";

/** The routes that Dintero calls. Every request is signed; without the secret to verify that, these routes do not exist. */
export function dinteroRoutes(shop: Shop): Hono {
  const routes = new Hono();
  const { signatureSecret, features } = shop;
  if (!signatureSecret) return routes;
  const signed = {
    accountId: shop.client.accountId,
    signatureSecret,
    publicUrl: shop.origin,
    onError: (error: unknown, { url }: Request) =>
      shop.log(`${new URL(url).pathname} failed: ${describe(error)}`),
  };

  if (features.callbacks) {
    const callback = createCallbackHandler({ ...signed, onCallback: (received) => receive(shop, received) });
    routes.on(["GET", "POST"], "/callback", (c) => callback(c.req.raw));
  }

  if (features.express) {
    const address = createAddressHandler({
      ...signed,
      shippingOptions: ({ order }) => shippingOptions(order.shipping_address ?? {}),
    });
    const discounts = createDiscountHandler({
      ...signed,
      discounts(session, context) {
        const order = shop.orders.find(session.order.merchant_reference);
        if (!order) throw new Error(`There is no order ${session.order.merchant_reference}.`);
        return { order: discountedOrder(order.lines, { codes: session.order.discount_codes, context }) };
      },
    });
    routes.post("/address", (c) => address(c.req.raw));
    routes.post("/discounts", (c) => discounts(c.req.raw));
  }

  return routes;
}

/**
 * A callback is only a reason to read the transaction; its own content is not trusted. The answer is sent when this
 * resolves, after the commit. When it rejects, the answer is a 500 and Dintero calls again: also for an order that is not
 * in the shop.
 */
async function receive(shop: Shop, callback: Callback): Promise<void> {
  const { merchantReference: id, transactionId, deliveryId, error } = callback;
  const { database, orders } = shop;
  if (orders.isProcessed(deliveryId)) return;
  if (!orders.find(id)) throw new Error(`There is no order ${id}.`);
  const prompt = { transactionId: transactionId || undefined, refresh: true, deliveryId };
  const order = await settle(shop, id, prompt);
  database.transaction(() => {
    if (error) endAttempt(shop, order);
    orders.markProcessed(id, deliveryId);
  });
  shop.log(`Callback for ${id}: ${order.status}.`);
}
