// One shop for all contexts: their pages under paths of one origin, the endpoint that creates sessions, and the sandbox
// on another origin. Server and sandbox come from the packed package, too.
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { serve } from "@hono/node-server";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

function listen(fetch, hostname) {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname }, ({ port }) =>
      resolve({ port, close: () => (server.close(), server.closeAllConnections()) }),
    );
  });
}

/**
 * Server-rendered pages arrive in two pieces, as on a slow line: the second, from within the tag's markup on, once the
 * page reports (`/rest`) that the first has been on the screen. WebKit renders no half pages: it gets them in one piece.
 */
function inPieces() {
  const held = new Map();
  let count = 0;
  return {
    page(text) {
      const number = String((count += 1));
      const numbered = text.replace(" data-server", ` data-server="${number}"`);
      const [opened, closed] = [
        numbered.indexOf("<dintero-checkout"),
        numbered.indexOf("</dintero-checkout"),
      ];
      const pieces = [numbered.slice(0, (opened + closed) / 2), numbered.slice((opened + closed) / 2)];
      return new ReadableStream({
        start(controller) {
          const send = (piece) => controller.enqueue(new TextEncoder().encode(piece));
          send(pieces[0]);
          held.set(number, () => (send(pieces[1]), controller.close()));
        },
      });
    },
    rest(number) {
      held.get(number)?.();
      held.delete(number);
      return new Response(null, { status: 204 });
    },
  };
}

/**
 * @param {string} installed folder of the installed package
 * @param {Record<string, string>} folders what is served under which path
 */
export async function openShop(installed, folders) {
  const { createSandbox } = await import(join(installed, "dist/sandbox.js"));
  const { createDinteroClient, createSessionHandler } = await import(join(installed, "dist/server.js"));
  const sandbox = createSandbox();
  const dintero = await listen((request) => sandbox.fetch(request), "127.0.0.1");
  const checkoutUrl = `http://127.0.0.1:${dintero.port}`;
  const { accountId, clientId, clientSecret } = sandbox;
  const session = createSessionHandler({
    client: createDinteroClient({ accountId, clientId, clientSecret, apiUrl: checkoutUrl, checkoutUrl }),
    async createSession(request) {
      // the price is the shop's, the cart's name is what the page sent as `payload`
      const sent = await request.json().catch(() => null);
      const order = { amount: 29990, currency: "NOK", merchant_reference: sent?.cart ?? "nothing" };
      return { url: { return_url: "http://localhost/thanks" }, order, profile_id: "default" };
    },
  });

  const pieces = inPieces();
  const shop = await listen(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/api/checkout") return session(request);
    if (pathname === "/rest") return pieces.rest(search.slice(1));
    const [, first = "", ...rest] = normalize(decodeURIComponent(pathname)).split("/");
    const folder = folders[first];
    const path = folder
      ? /\.\w+$/.test(first)
        ? folder
        : join(folder, rest.join("/") || "index.html")
      : null;
    const body = path && (await readFile(path).catch(() => null));
    if (!body) return new Response("not found", { status: 404 });
    const type = types[extname(path)] ?? "application/octet-stream";
    const text = /html|javascript/.test(type) ? body.toString().replaceAll("%CHECKOUT%", checkoutUrl) : body;
    const webkit = request.headers.get("user-agent").includes(" Version/");
    const written = type.includes("html") && text.includes(" data-server") && !webkit;
    return new Response(written ? pieces.page(text) : text, { headers: { "content-type": type } });
  }, "localhost");

  return {
    url: `http://localhost:${shop.port}`,
    checkoutUrl,
    /** The payment's transaction at Dintero. */
    async transaction(sessionId) {
      const answer = await fetch(`${checkoutUrl}/_sandbox/sessions/${sessionId}`);
      return (await answer.json()).transaction;
    },
    close() {
      shop.close();
      dintero.close();
    },
  };
}
