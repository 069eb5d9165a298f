// @ts-check
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { officeOrderPage, officePage } from "../pages/office.js";
import { Refusal } from "../shop/back-office.js";
import { isUnsettled } from "../shop/order.js";

const actions = /** @type {const} */ (["capture", "refund", "void", "cancel"]);

const done = {
  capture: "Captured.",
  refund: "Refunded.",
  void: "Voided.",
  cancel: "Cancelled.",
};

/**
 * Orders and their money, for the people behind the counter.
 *
 * @param {import("../shop/shop.js").Shop} shop
 */
export function officeRoutes(shop) {
  /** @type {Hono<import("../app.js").Env>} */
  const routes = new Hono();
  if (shop.features.office === "off") return routes;
  if (shop.officePassword) routes.use(basicAuth({ username: "office", password: shop.officePassword }));

  routes.get("/", async (c) => {
    const orders = shop.store.orders();
    const unsettled = orders.filter(isUnsettled);
    const troubles = await Promise.all(unsettled.map(({ id }) => shop.look(id)));
    return c.var.show(officePage(orders, troubles.find(Boolean)));
  });

  routes.get("/:id", async (c) => {
    const order = shop.store.order(c.req.param("id"));
    if (!order) return c.notFound();
    const trouble = await shop.look(order.id, undefined, true);
    const action = actions.find((name) => name === c.req.query("done"));
    return c.var.show(officeOrderPage(order, { trouble, done: action && done[action] }));
  });

  for (const action of actions) {
    routes.post(`/:id/${action}`, async (c) => {
      const order = shop.store.order(c.req.param("id"));
      if (!order) return c.notFound();
      const lines = new URLSearchParams(await c.req.text()).getAll("line");
      try {
        await shop.office.act(order.id, action, lines);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return c.var.show(officeOrderPage(order, { trouble: error.message }), 409);
      }
      return c.redirect(`/office/${order.id}?done=${action}`, 303);
    });
  }

  return routes;
}
