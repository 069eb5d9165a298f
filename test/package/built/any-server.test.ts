// The entries for pages are imported on servers, too: by Node, and in bundles for workers and edge servers, whose bundlers
// take Lit's build for browsers.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const entries = [".", "./element", "./return", "./react"];

const targets: Readonly<Record<string, BuildOptions>> = {
  "no condition": { platform: "neutral", mainFields: ["module", "main"] },
  browser: { platform: "browser" },
  "a worker's": { platform: "browser", conditions: ["workerd", "worker", "browser"] },
  "an edge server's": { platform: "browser", conditions: ["edge-light", "worker", "browser"] },
  "a browser's in development": { platform: "browser", conditions: ["development"] },
  "Node's": { platform: "node", format: "esm" },
};

/** What Node prints that loads the bundle, in a realm that has no browser in it. */
function load(code: string): string {
  return execFileSync(process.execPath, ["--input-type=module"], {
    input: `${code}\nprocess.stdout.write(["document", "window", "HTMLElement"].filter((name) => name in globalThis).join());`,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
  });
}

for (const entry of entries) {
  test.each(Object.entries(targets))(
    `${entry} in a bundle with %s conditions is imported`,
    async (_, options) => {
      const { outputFiles } = await build({
        stdin: {
          contents: `import * as entry from "dintero-checkout-element${entry.slice(1)}";
          if (Object.keys(entry).length === 0) throw new Error("nothing exported");`,
          resolveDir: root,
        },
        // The built files, not the sources that this project's tsconfig.json maps the name to.
        tsconfigRaw: "{}",
        bundle: true,
        format: "esm",
        write: false,
        logLevel: "silent",
        banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
        ...options,
      });
      expect(load(outputFiles![0]!.text)).toBe("");
    },
  );
}

test("in Node, Lit's own server rendering finds the class it expects", () => {
  const code = `const { DinteroCheckout } = await import("dintero-checkout-element");
    const element = new DinteroCheckout();
    element.setAttribute("endpoint", "/api/checkout");
    if (element.getAttribute("endpoint") !== "/api/checkout") throw new Error("not Lit's");`;
  execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: root, stdio: "pipe" });
});
