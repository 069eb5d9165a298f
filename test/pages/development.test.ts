// A shop's developer with Vite, whose dev server takes Lit's development build: the console holds what is theirs only.
import { fileURLToPath } from "node:url";
import { chromium as engine, type Browser } from "playwright";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium } from "../support/browser.mjs";
import { serveSandbox } from "./support.ts";

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
let vite: ViteDevServer;

beforeAll(async () => {
  browser = await engine.launch(await chromium());
  sandbox = await serveSandbox();
  vite = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../../", import.meta.url)),
    cacheDir: "node_modules/.cache/vite-development-test",
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", hmr: false, watch: null },
    optimizeDeps: { entries: [], include: ["lit", "@dintero/checkout-web-sdk"] },
    plugins: [
      {
        name: "shop",
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            const { pathname } = new URL(request.url!, "http://shop");
            response.setHeader("content-type", pathname === "/shop" ? "text/html" : "application/json");
            if (pathname === "/shop") {
              response.end(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">
                <script type="module">import "/src/index.ts"; import "/src/return.ts";</script>
                <dintero-checkout endpoint="/api/checkout" checkout-url="${sandbox.url}"></dintero-checkout>
                <dintero-return endpoint="/api/status"></dintero-return>`);
            } else if (pathname === "/api/checkout") {
              void sandbox.newSession().then((session) => response.end(session));
            } else if (pathname === "/api/status") {
              response.end('{"status":"paid"}');
            } else {
              response.removeHeader("content-type");
              next();
            }
          });
        },
      },
    ],
  });
  await vite.listen();
});
afterAll(async () => {
  await browser.close();
  await vite.close();
  sandbox.close();
});

test("a development server: the console is empty but for Lit's own line", async () => {
  const page = await browser.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", (error) => lines.push(String(error)));
  const [{ port }] = [vite.httpServer!.address() as { port: number }];
  const address = `http://127.0.0.1:${port}/shop?transaction_id=T00000001.tx&merchant_reference=order-1`;
  await page.goto(address);
  await page.waitForSelector("dintero-return:state(paid)");
  await page.waitForSelector("dintero-checkout:state(ready)");
  await page.evaluate(() => {
    const checkout = document.querySelector("dintero-checkout") as HTMLElement & { restart(): void };
    checkout.restart();
  });
  await page.waitForSelector("dintero-checkout:state(ready)");
  const others = lines.filter((line) => !line.startsWith("Lit is in dev mode"));
  expect(others).toEqual([]);
  expect(lines).toHaveLength(1);
  await page.close();
});
