import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(process.env);
const app = new Hono();

// `c.req.raw` must be unread: a middleware that needs the body reads `c.req.raw.clone()`.
app.all("/api/checkout", (c) => session(c.req.raw));
app.all("/api/checkout/callback", (c) => callback(c.req.raw));
app.all("/api/checkout/status", (c) => status(c.req.raw));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`Listening on http://localhost:${port}`);
});
