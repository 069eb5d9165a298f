import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { errorPage } from "./pages/layout.ts";
import { checkoutRoutes } from "./routes/checkout.ts";
import { dinteroRoutes } from "./routes/dintero.ts";
import { officeRoutes } from "./routes/office.ts";
import { show, type Env } from "./routes/show.ts";
import { shopRoutes } from "./routes/shop.ts";
import { describe } from "./shop/errors.ts";
import type { Shop } from "./shop/shop.ts";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The shop as one `fetch`. */
export function createApp(shop: Shop): Hono<Env> {
  const app = new Hono<Env>();
  app.use(onlyAsOurselves(shop));
  app.use(headers(shop));
  app.use(csrf({ origin: (origin) => shop.origins.includes(origin) }));
  app.use(bodyLimit({ maxSize: 1024 * 1024 }));
  app.use(
    "/element/*",
    serveStatic({ root: folder("../dist/cdn"), rewriteRequestPath: (path) => path.slice("/element".length) }),
  );
  app.use(serveStatic({ root: folder("public") }));
  app.use(async (c, next) => {
    c.set("shop", shop);
    await next();
  });
  app.route("/", shopRoutes());
  app.route("/", checkoutRoutes(shop));
  app.route("/dintero", dinteroRoutes(shop));
  app.route("/office", officeRoutes(shop));
  app.notFound((c) => show(c, errorPage("Page not found", "There is no such page."), 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    shop.log(`${c.req.method} ${c.req.path} failed: ${describe(error)}`);
    if (c.req.path.startsWith("/api/")) return c.json({ error: { code: "unavailable" } }, 503);
    const text = "Something went wrong on our side. Please try again in a moment.";
    // The database may be the problem, so this page is rendered without it.
    return show(c, { ...errorPage("That did not work", text), cartCount: undefined }, 503);
  });
  return app;
}

/** A page of another site can resolve its own host name to this machine, and would then read the shop as its own origin. */
function onlyAsOurselves({ origins }: Shop) {
  const hosts = new Set(origins.map((origin) => new URL(origin).host));
  return createMiddleware(async (c, next) => {
    const { host } = new URL(c.req.url);
    if (hosts.has(host)) return next();
    return c.text(`This shop does not answer as ${host}. Set PUBLIC_URL to its public address.\n`, 421);
  });
}

function headers({ checkoutOrigin: checkout, settings: { publicUrl } }: Shop) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: [checkout],
      // With scripts off, the form at the checkout is answered with a redirect to Dintero.
      formAction: ["'self'", checkout],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { payment: ["self", checkout] },
    xFrameOptions: "DENY",
    crossOriginOpenerPolicy: "same-origin-allow-popups",
    referrerPolicy: "strict-origin-when-cross-origin",
    strictTransportSecurity: publicUrl?.startsWith("https:") ?? false,
  });
}
