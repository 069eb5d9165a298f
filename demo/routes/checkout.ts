import { createSessionHandler } from "dintero-checkout-element/server";
import { Hono, type Context } from "hono";
import { checkoutPage } from "../pages/checkout.ts";
import { thanksPage } from "../pages/order.ts";
import { checkoutSession, NothingToPay } from "../shop/checkout.ts";
import { describe } from "../shop/errors.ts";
import { isFailed } from "../shop/payment.ts";
import { endAttempt, look } from "../shop/settlement.ts";
import type { Shop } from "../shop/shop.ts";
import type { Order } from "../shop/order.ts";
import { show, type Env } from "./show.ts";
import { findShopper } from "./shopper.ts";

/** From the cart to Dintero and back. */
export function checkoutRoutes(shop: Shop): Hono<Env> {
  const routes = new Hono<Env>();

  for (const flow of ["plain", "express"] as const) {
    if (flow === "express" && !shop.features.express) continue;
    const path = flow === "express" ? "/checkout/express" : "/checkout";
    routes.get(path, (c) => {
      const lines = shop.carts.lines(findShopper(c));
      if (lines.length === 0) return c.redirect("/cart", 303);
      const mode = c.req.query("mode") === "redirect" ? "redirect" : "embed";
      return show(c, checkoutPage({ lines, flow, mode, checkoutUrl: shop.checkoutOrigin }));
    });
    routes.all(`/api${path}`, (c) => sessionHandler(shop, flow, findShopper(c))(c.req.raw));
  }

  // The endpoint of <dintero-return>. It answers with the shop's status, not Dintero's: a transaction can be paid and still
  // not be this order's payment.
  routes.get("/api/checkout/status", async (c) => {
    const { merchant_reference: reference = "", transaction_id: transactionId = "" } = c.req.query();
    const order = await orderOnReturn(c, reference, transactionId);
    c.header("Cache-Control", "no-store");
    if (!order) return c.json({ error: { code: "not-found" } }, 404);
    const payment = [order.payment, ...order.extras].find((one) => one?.transactionId === transactionId);
    const status = statusOf(order, payment?.status);
    return c.json({
      status,
      merchantReference: order.id,
      transactionId,
      sessionId: payment?.sessionId ?? "",
    });
  });

  routes.get("/thanks/:id", async (c) => {
    const order = await orderOnReturn(c, c.req.param("id"), c.req.query("transaction_id"));
    if (!order) return c.notFound();
    const mine = order.shopper === findShopper(c);
    if (mine && c.req.query("error")) endAttempt(shop, order);
    return show(c, thanksPage(mine ? order : undefined));
  });

  return routes;
}

/** The order, read from Dintero for its owner only; anybody else gets it from the shop's database. */
async function orderOnReturn(
  c: Context<Env>,
  id: string,
  transactionId: string | undefined,
): Promise<Order | undefined> {
  const { shop } = c.var;
  const order = shop.orders.find(id);
  if (!order || order.shopper !== findShopper(c)) return order;
  await look(shop, id, { transactionId });
  return shop.orders.find(id);
}

/** What `<dintero-return>` shows. A transaction that the shop has not read, as one of another order, is pending. */
function statusOf(order: Order, transactionStatus: string | undefined): string {
  if (transactionStatus === undefined) return "pending";
  if (transactionStatus === "AUTHORIZATION_VOIDED") return "cancelled";
  if (isFailed(transactionStatus)) return "failed";
  return order.status === "open" ? "pending" : order.status;
}

function sessionHandler(shop: Shop, flow: "plain" | "express", shopper: string | undefined) {
  return createSessionHandler({
    client: shop.client,
    allowedOrigins: shop.origins,
    onError: (error) => shop.log(`No session: ${describe(error)}`),
    async createSession(request) {
      const isForm = !request.headers.get("content-type")?.startsWith("application/json");
      try {
        const { id, url } = await checkoutSession(shop, shopper, flow);
        return isForm ? Response.redirect(url, 303) : Response.json({ id, url });
      } catch (error) {
        if (!(error instanceof NothingToPay)) throw error;
        if (isForm) return Response.redirect(new URL("/cart", shop.origin), 303);
        return Response.json({ error: { code: error.code, message: error.message } }, { status: 409 });
      }
    },
  });
}
