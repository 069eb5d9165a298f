import { getRequestListener } from "@hono/node-server";
import fastify from "fastify";
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(process.env);
const app = fastify();

app.register(async (routes) => {
  // The handlers read the body themselves: in this plugin, Fastify's parsers leave it alone.
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser("*", (_request, _body, done) => done(null));

  const handle = (handler) => {
    const listener = getRequestListener(handler);
    return (request, reply) => {
      reply.hijack();
      return listener(request.raw, reply.raw);
    };
  };
  routes.all("/api/checkout", handle(session));
  routes.all("/api/checkout/callback", handle(callback));
  routes.all("/api/checkout/status", handle(status));
});

await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" });
console.log(`Listening on http://localhost:${app.server.address().port}`);
