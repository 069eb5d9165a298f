// Shop and checkout on real TLS, each behind a slow line of its own; the shop's server reaches the checkout over one too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { session } from "../../support/order.mjs";
import { slowProxy } from "./slow-net.mjs";

const root = new URL("../../../", import.meta.url);
const dist = (file) => new URL(`dist/${file}`, root);
const zipped = (url) => gzipSync(readFileSync(url), { level: 9 });

function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=shop.test", "-addext", "subjectAltName=DNS:*.test,DNS:localhost"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
  ];
  execFileSync("openssl", [...made, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}

const page = (body, head = "") =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Checkout</title>${head}<body style="margin:1rem"><h1>Checkout</h1>${body}<p>Terms and conditions</p></body></html>`;

/** @param {{ delay: number, rate: number }} line */
export async function site(line) {
  const tls = certificate();
  const [{ createSandbox }, server] = await Promise.all([
    import(dist("sandbox.js")),
    import(dist("server.js")),
  ]);
  const sandbox = createSandbox();
  const closing = [];
  const listen = (fetch) =>
    new Promise((resolve) => {
      const https = serve(
        {
          fetch,
          port: 0,
          hostname: "127.0.0.1",
          createServer: createSecureServer,
          // HTTP/2 for browsers, as Dintero's checkout speaks it
          serverOptions: { ...tls, allowHTTP1: true },
        },
        ({ port }) => resolve(port),
      );
      closing.push(() => https.close());
    });
  const slow = async (port) => {
    const proxy = await slowProxy(port, line);
    closing.push(proxy.close);
    return proxy.port;
  };

  const checkoutPort = await slow(await listen((request) => sandbox.fetch(request)));
  const checkout = `https://checkout.test:${checkoutPort}`;
  // The shop's server asks the checkout over a slow line as well, with kept connections.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  const { accountId, clientId, clientSecret } = sandbox;
  const upstream = `https://localhost:${checkoutPort}`;
  const client = server.createDinteroClient({
    accountId,
    clientId,
    clientSecret,
    apiUrl: upstream,
    checkoutUrl: upstream,
  });
  const handler = server.createSessionHandler({ client, createSession: () => session });

  const tagged = (attributes) =>
    page(
      `<dintero-checkout ${attributes} checkout-url="${checkout}"></dintero-checkout><script>
document.addEventListener("dintero-session", () => { window.loaded ??= performance.now(); });</script>`,
      // the README's line: it reserves the place until the script is there
      `<style>dintero-checkout:not(:defined) { display: block; min-height: min(60rem, 100vh); }</style>
<script src="/element.js" async></script>`,
    );
  const byHand = (session) =>
    page(
      `<div id="checkout"></div><script>
const show = (sid) => dintero.embed({ container: document.getElementById("checkout"), sid, endpoint: ${JSON.stringify(checkout)},
  onSession() { window.loaded ??= performance.now(); } });
${session}</script>`,
      `<script src="/sdk.js"></script>`,
    );
  const files = {
    "/element.js": zipped(dist("cdn/dintero-checkout.min.js")),
    "/sdk.js": zipped(
      new URL("node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js", root),
    ),
  };
  const shopPort = await slow(
    await listen(async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/api/checkout") return handler(request);
      const headers = {
        "content-type": pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8",
      };
      const file = files[pathname];
      if (file) return new Response(file, { headers: { ...headers, "content-encoding": "gzip" } });
      const sid = searchParams.get("sid");
      const html = {
        "/tag-session": () => tagged(`session-id="${sid}"`),
        "/hand-session": () => byHand(`show(${JSON.stringify(sid)});`),
        "/tag-endpoint": () => tagged(`endpoint="/api/checkout"`),
        "/hand-endpoint": () =>
          byHand(
            `fetch("/api/checkout", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
  .then((response) => response.json()).then(({ id }) => show(id));`,
          ),
        "/empty": () => page("", `<script src="/element.js"></script>`),
      }[pathname];
      return new Response(html?.() ?? "", { headers, status: html ? 200 : 404 });
    }),
  );
  return {
    shop: `https://shop.test:${shopPort}`,
    checkout,
    session: async () => (await client.createSession(session)).id,
    close: () => closing.forEach((close) => close()),
  };
}
