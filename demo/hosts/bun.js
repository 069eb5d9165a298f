// bun bun.js
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(Bun.env);

// The handlers read the body. Code that needs it before them must read `request.clone()`.
const server = Bun.serve({
  port: Bun.env.PORT ?? 3000,
  hostname: "127.0.0.1",
  routes: {
    "/api/checkout": (request) => session(request),
    "/api/checkout/callback": (request) => callback(request),
    "/api/checkout/status": (request) => status(request),
  },
  fetch: () => new Response("Not found", { status: 404 }),
});
console.log(`Listening on http://localhost:${server.port}`);
