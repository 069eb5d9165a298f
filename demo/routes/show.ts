import type { Context } from "hono";
import { layout, type Page } from "../pages/layout.ts";
import type { Shop } from "../shop/shop.ts";
import { findShopper } from "./shopper.ts";

export interface Env {
  Variables: { shop: Shop };
}

type Status = 200 | 404 | 409 | 422 | 503;

/** Answers with a page, in the shop's layout. */
export function show(
  c: Context<Env>,
  page: Page & { readonly cartCount?: number | undefined },
  status: Status = 200,
): Response | Promise<Response> {
  const { carts, test, features } = c.var.shop;
  const count = () => carts.lines(findShopper(c)).reduce((total, { quantity }) => total + quantity, 0);
  const cartCount = "cartCount" in page ? page.cartCount : count();
  c.header("Cache-Control", "no-store");
  return c.html(layout(page, { cartCount, test, office: features.office !== "off" }), status);
}
