import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { startTimeout } from "./test/support/browser.mjs";
import { freePort, launchers } from "./test/support/engines.mjs";
import { hasPrototype, libraries } from "./test/support/libraries.mjs";
import { merchant } from "./test/support/merchant.mjs";
import { fakeCheckout } from "./test/support/fake-checkout.mjs";
import { pages } from "./test/support/page.mjs";
import { counts } from "./test/support/counts.mjs";
import { quietReporter } from "./test/support/quiet-reporter.mjs";

const port = await freePort();
const shop = await merchant([`http://localhost:${port}`]);
// What ends the runner from within is to be seen in the log, before its own clean-up.
process.on("uncaughtExceptionMonitor", (error) => console.error("wtr: uncaught", error));
const fake = await fakeCheckout();
const prototype = hasPrototype();

/** These run in browsers of their own, for people who want no motion: `npx wtr --group still`. */
const still = ["test/checkout/reduced-motion.test.ts"];
const chosen = process.argv.some((word) => word === "--files" || /\.test\.(ts|html)$/.test(word));
const groups = chosen ? [] : [{ name: "still", files: still, browsers: await launchers({ still: true }) }];

/** What was built is served as it is: the runner would lower it for WebKit, and the hashes would not fit. */
async function built(context, next) {
  if (!context.path.startsWith("/dist/") || context.path.includes("..")) return next();
  const file = new URL(`.${context.path}`, import.meta.url);
  const body = await readFile(file).catch(() => null);
  if (!body) return next();
  context.type = extname(file.pathname) === ".map" ? "json" : extname(file.pathname);
  context.body = body;
}

export default {
  files: [
    "test/checkout/**/*.test.{ts,html}",
    "test/return/**/*.test.ts",
    "test/cdn/**/*.test.ts",
    ...still.map((file) => `!${file}`),
  ],
  groups,
  // the page is http://localhost, the sandbox http://127.0.0.1: cross-site, and both secure contexts
  hostname: "localhost",
  port,
  browsers: await launchers(),
  concurrentBrowsers: 3,
  concurrency: 1,
  nodeResolve: { exportConditions: ["production", "default"] },
  testFramework: { config: { ui: "bdd", timeout: 60_000 } },
  testsFinishTimeout: 900_000,
  browserStartTimeout: startTimeout,
  testsStartTimeout: startTimeout,
  middleware: [built, pages, libraries, (context, next) => shop.middleware(context, next)],
  plugins: [
    {
      name: "support",
      serverStart: () => shop.start(),
      serverStop() {
        shop.stop();
        fake.stop();
      },
      serve(context) {
        if (context.path === "/support/env.json")
          return { body: JSON.stringify({ ...shop.env(), fakeCheckout: fake.url, prototype }), type: "json" };
      },
      /** What `sdk-from-tomorrow.test.ts` and `newer-sdk.test.ts` import carries the mark on, down to the adapter. */
      transformImport({ source, context }) {
        const marked =
          /\/(sdk-from-tomorrow|newer-sdk)\.test\.ts$/.test(context.path) ||
          context.querystring.includes("sdk=tomorrow");
        if (marked && /^[./].*\.ts$/.test(source)) return `${source}?sdk=tomorrow`;
      },
      resolveImport({ source, context }) {
        if (source === "@dintero/checkout-web-sdk" && context.querystring.includes("sdk=tomorrow"))
          return "/test/support/sdk-from-tomorrow.ts";
        // the SDK's polyfill throws as a native module
        if (source === "native-promise-only") return "/src/checkout/no-promise-polyfill.ts";
      },
    },
    esbuildPlugin({
      ts: true,
      target: "es2022",
      tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
    }),
  ],
  reporters: [quietReporter(), counts()],
};
