// @ts-check
import { Hono } from "hono";
import { cartPage } from "../pages/cart.js";
import { homePage } from "../pages/home.js";
import { orderPage, ordersPage } from "../pages/order.js";
import { priceLines } from "../shop/catalogue.js";
import { withQuantity } from "../shop/cart.js";
import { currentShopper, shopperFor } from "./shopper.js";

/** Products, cart and the shopper's orders. */
export function shopRoutes() {
  /** @type {Hono<import("../app.js").Env>} */
  const routes = new Hono();

  routes.get("/", (c) => c.var.show(homePage()));

  routes.get("/cart", (c) => {
    const { store, features } = c.var.shop;
    const cart = store.cart(currentShopper(c) ?? "");
    return c.var.show(cartPage(priceLines(cart?.quantities ?? {}), features));
  });

  routes.post("/cart", async (c) => {
    const { store } = c.var.shop;
    const shopper = shopperFor(c, c.var.shop);
    const { product } = await c.req.parseBody();
    const cart = store.cart(shopper);
    const id = String(product);
    await store.setCart(shopper, withQuantity(cart, id, (cart?.quantities[id] ?? 0) + 1));
    return c.redirect("/cart", 303);
  });

  routes.post("/cart/:product", async (c) => {
    const { store } = c.var.shop;
    const shopper = shopperFor(c, c.var.shop);
    const { quantity, remove } = await c.req.parseBody();
    const wanted = remove ? 0 : Number(quantity);
    await store.setCart(shopper, withQuantity(store.cart(shopper), c.req.param("product"), wanted));
    return c.redirect("/cart", 303);
  });

  routes.get("/orders", (c) => {
    const shopper = currentShopper(c);
    return c.var.show(ordersPage(c.var.shop.store.orders().filter((order) => order.shopper === shopper)));
  });

  routes.get("/orders/:id", async (c) => {
    const { store, look } = c.var.shop;
    const order = store.order(c.req.param("id"));
    // Numbers can be guessed, so an order is shown to its own shopper only.
    if (!order || order.shopper !== currentShopper(c)) return c.notFound();
    await look(order.id);
    return c.var.show(orderPage(order));
  });

  return routes;
}
