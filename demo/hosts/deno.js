// deno run --allow-net --allow-env deno.js
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(Deno.env.toObject());

// The handlers read the body. Code that needs it before them must read `request.clone()`.
const options = {
  port: Number(Deno.env.get("PORT") ?? 3000),
  hostname: "127.0.0.1",
  onListen: ({ port }) => console.log(`Listening on http://localhost:${port}`),
};

Deno.serve(options, (request) => {
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
});
