// Does for a route handler what Next does: a Request, the parts of the path, and the method's export.
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";

const route = await import(`${process.cwd()}/next-route.js`);

async function answer(request) {
  const match = /^\/api\/checkout(?:\/(.*))?$/.exec(new URL(request.url).pathname);
  if (!match) return new Response(null, { status: 404 });
  const [, rest] = match;
  const handler = route[request.method];
  if (!handler) return new Response(null, { status: 405 });
  return handler(request, { params: Promise.resolve(rest ? { part: rest.split("/") } : {}) });
}

const server = createServer(getRequestListener(answer));
server.listen(process.env.PORT, "127.0.0.1", () => {
  console.log(`Listening on http://localhost:${server.address().port}`);
});
