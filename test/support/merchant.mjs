// The merchant's side for tests in a browser: a sandbox on an origin of its own, and endpoints on the page's origin
// that a test steers by query parameters. Uses dist/, so that what is shipped is what is tested.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { order, session } from "./order.mjs";

const dist = new URL("../../dist/", import.meta.url);

async function load(name) {
  const file = new URL(`${name}.js`, dist);
  return existsSync(file) ? await import(pathToFileURL(file.pathname).href) : null;
}

/** Serves a fetch handler at `http://127.0.0.1:<free port>`. */
function listen(fetch) {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ server, url: `http://127.0.0.1:${port}` }),
    );
  });
}

/** Without it the handlers log every request that a test makes fail. */
const ignore = () => {};

/** No two orders have the same reference. */
const newOrder = () => ({ ...order, merchant_reference: `order-${crypto.randomUUID().slice(0, 8)}` });

const canned = {
  rubbish: ["text/plain", "not json at all {"],
  html: ["text/html", "<h1>Gateway</h1>"],
  empty: ["application/json", ""],
  "no-id": ["application/json", "{}"],
  "bad-id": ["application/json", '{"id":"../../etc"}'],
};

/**
 * - `POST /merchant/session` creates a session (JSON body's `session` is merged into the order's),
 *   `PUT /merchant/session?session_id=` updates one, `GET /merchant/status?…` answers `<dintero-return>`.
 * - Query of each: `key` (names the test), `delay` (ms before the answer), `hang` (never answers),
 *   `status` with `message` and `code` (a refusal), `body` (`rubbish`, `html`, `empty`, `no-id`, `bad-id`, or any text),
 *   `redirect` (a status: to the same address without it),
 *   `answer` (JSON sent as it is), `answers` (a JSON list, one a request, the last for all that follow),
 *   `times` (the fault only for the first N requests with this `key`).
 * - `allowedOrigins` may use the sandbox's control API.
 * - `GET /merchant/log?key=` lists the requests made with that key: method, url, body, headers, aborted.
 */
export async function merchant(allowedOrigins = []) {
  const [sandboxModule, serverModule] = [await load("sandbox"), await load("server")];
  const log = new Map();
  let running = null;

  async function start() {
    if (!sandboxModule || !serverModule) return null;
    const sandbox = sandboxModule.createSandbox({ allowedOrigins });
    const { server, url } = await listen((request) => sandbox.fetch(request));
    const { accountId, clientId, clientSecret } = sandbox;
    const client = serverModule.createDinteroClient({
      accountId,
      clientId,
      clientSecret,
      apiUrl: url,
      checkoutUrl: url,
    });
    const createSession = async (request) => {
      const sent = await request.json().catch(() => null);
      const url = { return_url: "http://localhost/thanks" };
      return { ...session, url, ...sent?.session, order: { ...newOrder(), ...sent?.session?.order } };
    };
    const updateSession = async (request) => {
      const sent = await request.json().catch(() => null);
      return { order: { ...newOrder(), ...sent?.order } };
    };
    return {
      sandbox,
      server,
      url,
      session: serverModule.createSessionHandler({
        client,
        createSession,
        updateSession,
        onError: ignore,
      }),
      status: serverModule.createStatusHandler({ client, onError: ignore }),
    };
  }

  async function answer(request, entry) {
    const url = new URL(request.url);
    const { searchParams: query, pathname } = url;
    const key = query.get("key");
    if (pathname === "/merchant/log") return Response.json(log.get(key) ?? []);
    const nth = (log.get(key) ?? []).filter((other) => other.path === pathname).length;
    const trouble = !query.has("times") || nth <= Number(query.get("times"));
    if (trouble) {
      if (query.has("redirect")) {
        const location = new URL(url);
        location.searchParams.delete("redirect");
        location.searchParams.set("redirected", "yes");
        return new Response(null, {
          status: Number(query.get("redirect")),
          headers: { location: location.pathname + location.search },
        });
      }
      if (query.has("hang")) await new Promise(() => {});
      if (query.has("delay")) await new Promise((done) => setTimeout(done, Number(query.get("delay"))));
      if (query.has("answers")) {
        const answers = JSON.parse(query.get("answers"));
        return Response.json(answers[Math.min(nth, answers.length) - 1]);
      }
      if (query.has("answer")) {
        return new Response(query.get("answer"), {
          status: Number(query.get("status") ?? 200),
          headers: { "content-type": "application/json" },
        });
      }
      if (query.has("body")) {
        const [type, text] = canned[query.get("body")] ?? ["application/json", query.get("body")];
        return new Response(text, {
          status: Number(query.get("status") ?? 200),
          headers: { "content-type": type },
        });
      }
      if (query.has("status")) {
        const error = { code: query.get("code") ?? undefined, message: query.get("message") ?? undefined };
        return Response.json({ error }, { status: Number(query.get("status")) });
      }
    }
    if (!running) return Response.json({ error: { message: "npm run build comes first" } }, { status: 503 });
    if (pathname === "/merchant/session") {
      const passed = new Request(
        // the steering parameters are for this file only: the handler gets the same request as a shop's
        `${url.origin}${pathname}${query.has("session_id") ? `?session_id=${encodeURIComponent(query.get("session_id"))}` : ""}`,
        { method: request.method, headers: request.headers, body: entry.body || undefined },
      );
      return running.session(passed);
    }
    if (pathname === "/merchant/status" && running.status) return running.status(request);
    return new Response("not found", { status: 404 });
  }

  return {
    async start() {
      running = await start();
    },
    stop() {
      running?.server.close();
      running?.server.closeAllConnections?.();
    },
    /** What `test/support/env.ts` reads. */
    env: () => ({
      sandbox: running?.url ?? null,
      accountId: running?.sandbox.accountId ?? null,
    }),
    /** Koa middleware for the test runner's own origin. */
    async middleware(context, next) {
      if (!context.path.startsWith("/merchant/")) return next();
      const chunks = [];
      for await (const chunk of context.req) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const key = context.query.key ?? null;
      const entry = {
        method: context.method,
        url: context.url,
        path: context.path,
        body,
        headers: context.headers,
        aborted: false,
      };
      if (context.path !== "/merchant/log") log.set(key, [...(log.get(key) ?? []), entry]);
      context.res.once("close", () => {
        entry.aborted = !context.res.writableFinished;
      });
      const headers = Object.entries(context.headers).filter(([name]) => !name.startsWith(":"));
      const request = new Request(`http://${context.host}${context.url}`, {
        method: context.method,
        headers,
        body: body || undefined,
      });
      const response = await answer(request, entry);
      context.status = response.status;
      for (const [name, value] of response.headers) context.set(name, value);
      context.body = Buffer.from(await response.arrayBuffer());
    },
  };
}
