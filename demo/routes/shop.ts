import { Hono, type Context } from "hono";
import { InvalidCart } from "../database/carts.ts";
import { cartPage } from "../pages/cart.ts";
import { homePage } from "../pages/home.ts";
import { errorPage } from "../pages/layout.ts";
import { orderPage, ordersPage } from "../pages/order.ts";
import { maxQuantity } from "../shop/catalogue.ts";
import { look } from "../shop/settlement.ts";
import { show, type Env } from "./show.ts";
import { findShopper, rememberShopper } from "./shopper.ts";

/** Products, cart and the shopper's orders. */
export function shopRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/", (c) => show(c, homePage()));

  routes.get("/cart", (c) => {
    const { carts, features } = c.var.shop;
    return show(c, cartPage(carts.lines(findShopper(c)), features));
  });

  routes.post("/cart", async (c) => {
    const { product } = await c.req.parseBody();
    return changeCart(c, String(product), (before) => Math.min(before + 1, maxQuantity));
  });

  routes.post("/cart/:product", async (c) => {
    const { quantity, remove } = await c.req.parseBody();
    // Number("") is 0 and Number("1e1") is 10: neither is a valid quantity.
    const wanted = typeof quantity === "string" && /^\d{1,3}$/.test(quantity) ? Number(quantity) : NaN;
    return changeCart(c, c.req.param("product"), () => (remove ? 0 : wanted));
  });

  routes.get("/orders", (c) => {
    const shopper = findShopper(c);
    return show(c, ordersPage(shopper ? c.var.shop.orders.list(shopper) : []));
  });

  routes.get("/orders/:id", async (c) => {
    const { shop } = c.var;
    const find = () => shop.orders.find(c.req.param("id"));
    const order = find();
    // Order numbers can be guessed, so an order is shown to its own shopper only.
    if (!order || order.shopper !== findShopper(c)) return c.notFound();
    await look(shop, order.id);
    return show(c, orderPage(find() ?? order));
  });

  return routes;
}

function changeCart(c: Context<Env>, product: string, change: (before: number) => number) {
  const { database, carts } = c.var.shop;
  try {
    // Together, so that a shopper who only browses, or whose request is refused, is not stored.
    const shopper = database.transaction(() => {
      const id = findShopper(c) ?? carts.addShopper();
      carts.setQuantity(id, product, change);
      return id;
    });
    rememberShopper(c, shopper);
    return c.redirect("/cart", 303);
  } catch (error) {
    if (!(error instanceof InvalidCart)) throw error;
    return show(c, errorPage("That cannot be put into the cart", error.message), 422);
  }
}
