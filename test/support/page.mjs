// Pages on the merchant's own origin, empty but for what their query asks for: `head`, markup for the head, and the
// policies below.

const policies = {
  csp: "Content-Security-Policy",
  "report-only": "Content-Security-Policy-Report-Only",
  coep: "Cross-Origin-Embedder-Policy",
};

/** For the scope of these pages: hands on every request; with `?shell=…` it answers pages itself, with that markup. */
const worker = `
const shell = new URL(location.href).searchParams.get("shell");
const seen = [];
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({ ports }) => ports[0].postMessage(seen));
addEventListener("fetch", (event) => {
  const { request } = event;
  seen.push(request.mode + " " + request.url);
  const own = shell && request.mode === "navigate";
  event.respondWith(own ? new Response(shell, { headers: { "content-type": "text/html" } }) : fetch(request));
});`;

/** Keys of copies that are whole again, and who waits for one. */
const cured = new Set();
const waiting = new Map();

/** The source under an address of its own: one file of it is missing, or held back, until the copy is cured. */
async function copy(context, next) {
  const [how, file, key, ...path] = context.path.split("/").slice(2);
  const rest = path.join("/");
  if (rest === "cure") {
    cured.add(key);
    for (const go of waiting.get(key) ?? []) go();
    context.body = "";
    return;
  }
  if (rest === `src/${file}.ts` && !cured.has(key)) {
    if (how === "missing") {
      // what has the name of a file is kept by the browser for a year, also when it is none
      context.path = "/none";
      return;
    }
    await new Promise((go) => waiting.set(key, [...(waiting.get(key) ?? []), go]));
  }
  context.path = `/${rest}`;
  await next();
}

/** Pages of which the rest is held back, by their `key`. */
const unfinished = new Map();

/** Sends a page in two pieces; `/support/page/rest?key=…` sends the second. */
function sendInPieces(context, first, second) {
  context.respond = false;
  const { res: response } = context;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.write(first);
  unfinished.set(context.query.key, () => response.end(second));
}

/**
 * Koa middleware for `/support/page?csp=…&head=…&body=…`, whose body is sent in two pieces where it holds
 * `<!--rest-->`, for `/support/worker.js?shell=…`, a service worker, and for copies
 * of the source, `/support/missing/<file>/<key>/src/…` and `/support/held/…`; `<key>/cure` makes one whole.
 */
export async function pages(context, next) {
  const { head = "", body = "", ...query } = context.query;
  if (context.path === "/support/worker.js") {
    context.type = "js";
    context.body = worker;
    return;
  }
  if (context.path === "/support/page") {
    for (const [name, header] of Object.entries(policies)) if (query[name]) context.set(header, query[name]);
    const [first, rest] = body.split("<!--rest-->");
    const start = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${head}<body>${first}`;
    if (rest !== undefined) return sendInPieces(context, start, `${rest}</body></html>`);
    context.type = "html";
    context.body = `${start}</body></html>`;
    return;
  }
  if (context.path === "/support/page/rest") {
    unfinished.get(context.query.key)?.();
    context.body = "";
    return;
  }
  // the one policy that counts only for a page that stands in no frame: a test of it is a page by itself
  if (context.path.endsWith("-opener.test.html")) context.set("Cross-Origin-Opener-Policy", "same-origin");
  if (/^\/support\/(missing|held)\//.test(context.path)) return copy(context, next);
  await next();
}
