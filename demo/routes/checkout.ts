// @ts-check
import { createSessionHandler, createStatusHandler } from "dintero-checkout-element/server";
import { Hono } from "hono";
import { checkoutPage } from "../pages/checkout.js";
import { thanksPage } from "../pages/order.js";
import { priceLines } from "../shop/catalogue.js";
import { NothingToPay } from "../shop/checkout.js";
import { wrap } from "../shop/gift-wrap.js";
import { reason } from "../shop/reason.js";
import { currentShopper } from "./shopper.js";

/** @typedef {import("../shop/shop.js").Shop} Shop */
/** @typedef {import("hono").Context<import("../app.js").Env>} Context */

/**
 * From the cart to Dintero and back.
 *
 * @param {Shop} shop
 */
export function checkoutRoutes(shop) {
  /** @type {Hono<import("../app.js").Env>} */
  const routes = new Hono();
  const status = createStatusHandler({
    client: shop.client,
    onError: (error) => shop.log(`No status: ${reason(error)}`),
  });

  for (const flow of /** @type {const} */ (["plain", "express"])) {
    if (flow === "express" && !shop.features.express) continue;
    const path = flow === "express" ? "/checkout/express" : "/checkout";
    routes.get(path, (c) => {
      const lines = priceLines(shop.store.cart(currentShopper(c) ?? "")?.quantities ?? {});
      if (lines.length === 0) return c.redirect("/cart", 303);
      const mode = c.req.query("mode") === "redirect" ? "redirect" : "embed";
      return c.var.show(checkoutPage({ lines, flow, mode, checkoutUrl: shop.checkoutOrigin }));
    });
    routes.all(`/api${path}`, (c) => sessionHandler(shop, flow, currentShopper(c))(c.req.raw));
  }

  routes.get("/api/checkout/status", async (c) => {
    const order = shop.store.order(c.req.query("merchant_reference") ?? "");
    if (order) await shop.look(order.id, c.req.query("transaction_id"));
    const answer = await status(c.req.raw);
    const told = await answer.clone().json();
    // The transaction may be paid, and yet not be this order's payment: the order is what counts here.
    if (told.status === "paid" && order?.status !== "paid") {
      return c.json({ ...told, status: order?.status === "cancelled" ? "cancelled" : "pending" }, 200, {
        "Cache-Control": "no-store",
      });
    }
    return answer;
  });

  routes.get("/thanks/:id", async (c) => {
    const order = shop.store.order(c.req.param("id"));
    if (!order) return c.notFound();
    await shop.look(order.id, c.req.query("transaction_id"));
    const mine = order.shopper === currentShopper(c);
    if (mine && c.req.query("error")) await shop.settlement.attemptEnded(order.id);
    return c.var.show(thanksPage(mine ? order : undefined));
  });

  return routes;
}

/**
 * @param {Shop} shop
 * @param {"plain" | "express"} flow
 * @param {string | undefined} shopper
 */
function sessionHandler(shop, flow, shopper) {
  return createSessionHandler({
    client: shop.client,
    allowedOrigins: shop.origins(),
    onError: (error) => shop.log(`No session: ${reason(error)}`),
    async createSession(request) {
      try {
        const session = await shop.checkout.session(shopper ?? "", flow);
        return isForm(request)
          ? Response.redirect(session.url, 303)
          : Response.json({ id: session.id, url: session.url });
      } catch (error) {
        if (!(error instanceof NothingToPay)) throw error;
        if (isForm(request)) return Response.redirect(new URL("/cart", shop.origin), 303);
        return Response.json({ error: { code: error.code, message: error.message } }, { status: 409 });
      }
    },
    ...(flow === "plain" && {
      /** @param {Request} request @param {string} sessionId */
      async updateSession(request, sessionId) {
        const { giftWrap } = /** @type {{ giftWrap?: unknown }} */ (await request.json());
        const wish = { shopper: shopper ?? "", sessionId, wanted: giftWrap === true };
        if (await wrap(shop, wish)) return Response.json({ id: sessionId });
        const error = { code: "not-open", message: "This order cannot be changed any more." };
        return Response.json({ error }, { status: 409 });
      },
    }),
  });
}

/** @param {Request} request */
function isForm(request) {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(
    request.headers.get("content-type") ?? "",
  );
}
