import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(process.env);
const routes = new Map([
  ["/api/checkout", getRequestListener(session)],
  ["/api/checkout/callback", getRequestListener(callback)],
  ["/api/checkout/status", getRequestListener(status)],
]);

// Nothing may read `request` before its listener does.
const server = createServer((request, response) => {
  const route = routes.get(request.url.split("?")[0]);
  if (route) route(request, response);
  else response.writeHead(404).end("Not found");
});

server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => {
  console.log(`Listening on http://localhost:${server.address().port}`);
});
