import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { cartLifetime } from "../database/carts.ts";
import type { Shop } from "../shop/shop.ts";

type ShopContext = Context<{ Variables: { shop: Shop } }>;

const name = "shopper";

/** Browsers take a cookie called `__Host-…` only over https, only for the whole host and never from a subdomain. */
const isSecure = ({ var: { shop } }: ShopContext) => shop.origin.startsWith("https:");

/** The shopper whose cookie came with the request; undefined for an id that the shop did not issue. */
export function findShopper(c: ShopContext): string | undefined {
  const id = isSecure(c) ? getCookie(c, name, "host") : getCookie(c, name);
  return c.var.shop.carts.findShopper(id);
}

export function rememberShopper(c: ShopContext, id: string): void {
  setCookie(c, name, id, {
    httpOnly: true,
    // Lax, not Strict: the shopper comes back from Dintero's site and is still the same.
    sameSite: "Lax",
    path: "/",
    maxAge: cartLifetime,
    ...(isSecure(c) && { prefix: "host", secure: true }),
  });
}
