import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { officeOrderPage, officePage } from "../pages/office.ts";
import { actions, Refusal, runAction, type Action } from "../shop/back-office.ts";
import { look } from "../shop/settlement.ts";
import type { Shop } from "../shop/shop.ts";
import { show, type Env } from "./show.ts";

const done: Record<Action, string> = {
  capture: "Captured.",
  refund: "Refunded.",
  void: "Voided.",
  cancel: "Cancelled.",
  return: "Sent back to Dintero: see below what became of it.",
};

/** Orders and their money, for the shop's staff. */
export function officeRoutes(shop: Shop): Hono<Env> {
  const routes = new Hono<Env>();
  const { orders, features } = shop;
  if (features.office === "off") return routes;
  const password = shop.settings.officePassword;
  if (password) routes.use(basicAuth({ username: "office", password }));

  routes.get("/", async (c) => {
    const unsettled = new Set(orders.unsettled());
    const shown = orders.list().filter(({ id }) => unsettled.has(id));
    const problems = await Promise.all(shown.map(({ id }) => look(shop, id)));
    return show(c, officePage(orders.list(), problems.find(Boolean)));
  });

  routes.get("/:id", async (c) => {
    const id = c.req.param("id");
    if (!orders.find(id)) return c.notFound();
    const problem = await look(shop, id, { refresh: true });
    const action = actions.find((name) => name === c.req.query("done"));
    const order = orders.find(id)!;
    const isPending = order.payment?.operations.some(
      ({ kind, state }) => kind === action && state === "pending",
    );
    const text = action && (isPending ? "Accepted by Dintero, to be done later." : done[action]);
    return show(c, officeOrderPage(order, { problem, done: text }));
  });

  for (const action of actions) {
    routes.post(`/:id/${action}`, async (c) => {
      const id = c.req.param("id");
      if (!orders.find(id)) return c.notFound();
      const lineIds = new URLSearchParams(await c.req.text()).getAll("line");
      try {
        await runAction(shop, id, { action, lineIds });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return show(c, officeOrderPage(orders.find(id)!, { problem: error.message }), 409);
      }
      return c.redirect(`/office/${id}?done=${action}`, 303);
    });
  }

  return routes;
}
