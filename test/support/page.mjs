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

/** Koa middleware for `/support/page?csp=…&head=…`, and for `/support/worker.js?shell=…`, a service worker. */
export async function pages(context, next) {
  const { head, ...query } = context.query;
  if (context.path === "/support/worker.js") {
    context.type = "js";
    context.body = worker;
    return;
  }
  if (context.path === "/support/page") {
    for (const [name, header] of Object.entries(policies)) if (query[name]) context.set(header, query[name]);
    context.type = "html";
    context.body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${head ?? ""}<body></body></html>`;
    return;
  }
  // the one policy that counts only for a page that stands in no frame: a test of it is a page by itself
  if (context.path.endsWith("-opener.test.html")) context.set("Cross-Origin-Opener-Policy", "same-origin");
  await next();
}
