// Pages on the merchant's own origin, empty apart from what their query sets: `head`, markup for the head, and the
// policies below.

const policies = {
  csp: "Content-Security-Policy",
  "report-only": "Content-Security-Policy-Report-Only",
  coep: "Cross-Origin-Embedder-Policy",
};

/** For the scope of these pages: passes every request on; with `?shell=…` it answers pages itself, with that markup. */
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

/** Gates that hold back the rest of a page, by the page's `key`; a gate may be opened before the page is requested. */
const gates = new Map();
function gateOf(key) {
  if (!gates.has(key)) {
    const gate = {};
    gate.opened = new Promise((open) => (gate.open = open));
    gates.set(key, gate);
  }
  return gates.get(key);
}

/** Sends a page in two pieces; `/support/page/rest?key=…` sends the second. */
function sendInPieces(context, first, second) {
  context.respond = false;
  const { res: response } = context;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.write(first);
  void gateOf(context.query.key).opened.then(() => response.end(second));
}

/**
 * Koa middleware for `/support/page?csp=…&head=…&body=…`, whose body is sent in two pieces where it holds
 * `<!--rest-->`, and for `/support/worker.js?shell=…`, a service worker.
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
    gateOf(context.query.key).open();
    context.body = "";
    return;
  }
  // this policy has an effect only on top-level pages: its test is a page of its own
  if (context.path.endsWith("/cross-origin-opener-policy.test.html"))
    context.set("Cross-Origin-Opener-Policy", "same-origin");
  await next();
}
