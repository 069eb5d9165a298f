// Cloudflare Workers: the DINTERO_… values are secrets, set with `wrangler secret put`.
import { env } from "cloudflare:workers";
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(env);

// The handlers read the body. Code that needs it before them must read `request.clone()`.
export default {
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/api/checkout":
        return session(request);
      case "/api/checkout/callback":
        return callback(request);
      case "/api/checkout/status":
        return status(request);
      default:
        return new Response("Not found", { status: 404 });
    }
  },
};
