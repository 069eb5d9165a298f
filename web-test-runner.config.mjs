import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { freePort, launchers } from "./test/support/engines.mjs";
import { merchant } from "./test/support/merchant.mjs";
import { counts } from "./test/support/counts.mjs";

const shop = await merchant();

export default {
  files: ["test/element/**/*.test.ts", "test/return/**/*.test.ts"],
  // the page is http://localhost, the sandbox http://127.0.0.1: cross-site, and both secure contexts
  hostname: "localhost",
  port: await freePort(),
  browsers: await launchers(),
  concurrentBrowsers: 3,
  concurrency: 1,
  nodeResolve: { exportConditions: ["production", "default"] },
  testFramework: { config: { ui: "bdd", timeout: 20_000 } },
  testsFinishTimeout: 300_000,
  browserStartTimeout: 60_000,
  middleware: [(context, next) => shop.middleware(context, next)],
  plugins: [
    {
      name: "support",
      serverStart: () => shop.start(),
      serverStop: () => shop.stop(),
      serve(context) {
        if (context.path === "/support/env.json") return { body: JSON.stringify(shop.env()), type: "json" };
      },
      resolveImport({ source }) {
        // the SDK's polyfill throws as a native module
        if (source === "native-promise-only") return "/src/no-polyfill.ts";
      },
    },
    esbuildPlugin({
      ts: true,
      target: "auto",
      tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), counts()],
};
