// Shop and checkout on real TLS, each behind a slow line of its own; the shop's server reaches the checkout over one too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { build } from "vite";
import { session } from "../../support/order.mjs";
import { slowProxy } from "./slow-net.mjs";

const root = new URL("../../../", import.meta.url);
const dist = (file) => new URL(`dist/${file}`, root);
const zipped = (text) => gzipSync(text, { level: 9 });

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

/** What a shop's own Vite makes of a script that imports from npm. */
async function bundle(name) {
  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    resolve: { alias: { "dintero-checkout-element": fileURLToPath(dist("index.js")) } },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: fileURLToPath(new URL(name, import.meta.url)) },
    },
  });
  if (output.length !== 1) throw new Error(`${name} became ${output.length} files; the pages expect one.`);
  return output[0].code;
}

const page = (head, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Checkout</title>${head}<body style="margin:1rem"><h1>Checkout</h1>${body}<p>Terms and conditions</p></body></html>`;

const measure = `<script>
document.addEventListener("dintero-session", () => { window.loaded ??= performance.now(); });</script>`;

/** The README's page: the style reserves the place until the script is there. */
function tagPage({ npm, sid, checkout }) {
  const script = npm
    ? `<script type="module" src="/npm/tag.js"></script>`
    : `<script src="/cdn/tag.js" async></script>`;
  return page(
    `<style>dintero-checkout:not(:defined) { display: block; min-height: min(60rem, 100vh); }</style>${script}`,
    `<dintero-checkout ${sid ? `session-id="${sid}"` : 'endpoint="/api/checkout"'} checkout-url="${checkout}"></dintero-checkout>${measure}`,
  );
}

function npmByHand({ sid, checkout }) {
  return page(
    `<script type="module" src="/npm/by-hand.js"></script>`,
    `<div id="checkout" data-sid="${sid ?? ""}" data-checkout="${checkout}"></div>`,
  );
}

function cdnByHand({ sid, checkout }) {
  const start = sid
    ? `show(${JSON.stringify(sid)});`
    : `fetch("/api/checkout", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
  .then((response) => response.json()).then(({ id }) => show(id));`;
  return page(
    `<script src="/cdn/by-hand.js"></script>`,
    `<div id="checkout"></div><script>
const show = (sid) => dintero.embed({ container: document.getElementById("checkout"), sid, endpoint: ${JSON.stringify(checkout)},
  onSession() { window.loaded ??= performance.now(); } });
${start}</script>`,
  );
}

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
          // HTTP/2 for browsers, as Dintero's checkout serves it
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
  // The shop's server reaches the checkout over a slow line as well, with kept connections.
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

  const files = {
    "/cdn/tag.js": zipped(readFileSync(dist("cdn/dintero-checkout.min.js"))),
    "/cdn/by-hand.js": zipped(
      readFileSync(
        new URL("node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js", root),
      ),
    ),
    "/npm/tag.js": zipped(await bundle("tag.js")),
    "/npm/by-hand.js": zipped(await bundle("by-hand.js")),
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
      const show = {
        "/cdn/tag": tagPage,
        "/npm/tag": tagPage,
        "/cdn/by-hand": cdnByHand,
        "/npm/by-hand": npmByHand,
      };
      const html = show[pathname]?.({
        npm: pathname.startsWith("/npm/"),
        sid: searchParams.get("sid"),
        checkout,
      });
      return new Response(html ?? "", { headers, status: html ? 200 : 404 });
    }),
  );
  return {
    shop: `https://shop.test:${shopPort}`,
    checkout,
    session: async () => (await client.createSession(session)).id,
    close: () => closing.forEach((close) => close()),
  };
}
