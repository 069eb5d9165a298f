// @ts-check
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import { layout } from "./pages/layout.js";
import { troublePage } from "./pages/trouble.js";
import { checkoutRoutes } from "./routes/checkout.js";
import { dinteroRoutes } from "./routes/dintero.js";
import { officeRoutes } from "./routes/office.js";
import { shopRoutes } from "./routes/shop.js";
import { currentShopper } from "./routes/shopper.js";
import { countItems } from "./shop/cart.js";
import { reason } from "./shop/reason.js";

/** @typedef {import("./shop/shop.js").Shop} Shop */
/** @typedef {{ Variables: { shop: Shop, show: (page: Omit<Parameters<typeof layout>[1], never>, status?: 200 | 404 | 409 | 422 | 502) => Response | Promise<Response> } }} Env */

const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The shop as one `fetch`.
 *
 * @param {Shop} shop
 */
export function createApp(shop) {
  /** @type {Hono<Env>} */
  const app = new Hono();
  app.use(onlyAsOurselves(shop));
  app.use(headers(shop));
  app.use(csrf({ origin: (origin) => shop.origins().includes(origin) }));
  app.use(
    "/element/*",
    serveStatic({ root: folder("../dist/cdn"), rewriteRequestPath: (path) => path.slice(8) }),
  );
  app.use(serveStatic({ root: folder("public") }));
  app.use(async (c, next) => {
    c.set("shop", shop);
    c.set("show", (page, status = 200) => {
      const shopper = currentShopper(c);
      const frame = {
        cartCount: countItems(shopper ? shop.store.cart(shopper) : undefined),
        test: shop.test,
        office: shop.features.office !== "off",
      };
      c.header("Cache-Control", "no-store");
      return c.html(layout(frame, page), status);
    });
    await next();
  });
  app.route("/", shopRoutes());
  app.route("/", checkoutRoutes(shop));
  app.route("/dintero", dinteroRoutes(shop));
  app.route("/office", officeRoutes(shop));
  app.notFound((c) => c.var.show(troublePage("Not here", "There is no such page."), 404));
  app.onError((error, c) => {
    if ("getResponse" in error) return error.getResponse();
    shop.log(`${c.req.method} ${c.req.path} failed: ${reason(error)}`);
    return c.var.show(
      troublePage("That did not work", "Something is wrong on our side. Please try again."),
      502,
    );
  });
  return app;
}

/**
 * A page of another site can point a name of its own at this machine and then read the shop as its own origin.
 *
 * @param {Shop} shop
 */
function onlyAsOurselves(shop) {
  return createMiddleware(async (c, next) => {
    const host = new URL(c.req.url).host;
    if (!shop.origins().some((origin) => new URL(origin).host === host)) {
      return c.text(`This shop does not answer as ${host}. Set PUBLIC_URL to its public address.\n`, 421);
    }
    return next();
  });
}

/** @param {Shop} shop */
function headers(shop) {
  const checkout = shop.checkoutOrigin;
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: [checkout],
      // The form of who has scripts off is answered with a redirect to the checkout.
      formAction: ["'self'", checkout],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { payment: ["self", checkout] },
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin-allow-popups",
    referrerPolicy: "strict-origin-when-cross-origin",
    strictTransportSecurity: shop.publicUrl?.startsWith("https:") ?? false,
  });
}
