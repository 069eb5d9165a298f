import { fileURLToPath } from "node:url";
import { build, type Plugin, type UserConfig } from "vite";
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from "vitest/config";
import packageJson from "./package.json" with { type: "json" };
import { chromium } from "./test/support/browser.mjs";
import { Counts } from "./test/support/counts.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));

/** `import code from "./page/main.ts?script"` gives a browser script, bundled and minified, as a string. */
export function script(): Plugin {
  return {
    name: "script-as-string",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith("?script")) return null;
      const entry = id.slice(0, -"?script".length);
      const result = await build({
        configFile: false,
        logLevel: "error",
        root,
        // without the "development" condition: Lit would talk to the console
        resolve: { conditions: ["module", "browser"] },
        build: {
          write: false,
          target: "es2022",
          minify: true,
          copyPublicDir: false,
          lib: { entry, formats: ["iife"], name: "page", fileName: "page" },
        },
      });
      const outputs = Array.isArray(result) ? result : [result];
      for (const output of outputs) {
        if (!("output" in output)) continue;
        this.addWatchFile(entry);
        for (const module of output.output[0].moduleIds ?? []) this.addWatchFile(module);
        return `export default ${JSON.stringify(output.output[0].code)};`;
      }
      return null;
    },
  };
}

/** The SDK's Promise polyfill throws as a native module and serves no browser we support. */
export const withoutPolyfill = {
  alias: {
    "native-promise-only": fileURLToPath(new URL("src/checkout/no-promise-polyfill.ts", import.meta.url)),
  },
};

/** Bundlers and Rolldown keep the order of imports that are written first. */
function beforeLit(fileName: string): string {
  if (fileName.startsWith("node/")) return 'import "lit";';
  // "use client" has to be first; what it imports comes with its own.
  if (fileName === "react.js" || fileName === "server-dom.js") return "";
  const module = `${fileName.includes("/") ? ".." : "."}/server-dom.js`;
  return `import { removeServerDom } from "${module}";\nremoveServerDom();`;
}

/** ES modules for npm: what is a dependency stays outside. */
const npm: UserConfig = {
  plugins: [script()],
  build: {
    target: "es2022",
    minify: false,
    sourcemap: true,
    lib: {
      formats: ["es"],
      entry: {
        index: "src/index.ts",
        element: "src/checkout/dintero-checkout.ts",
        return: "src/return.ts",
        react: "src/react/index.ts",
        "server-dom": "src/elements/server-dom.ts",
        "node/index": "src/node/index.ts",
        "node/element": "src/node/element.ts",
        "node/return": "src/node/return.ts",
      },
    },
    rolldownOptions: {
      external: [/^lit/, /^@dintero\//, "react"],
      output: {
        chunkFileNames: "chunks/[name].js",
        banner: ({ fileName }) => beforeLit(fileName),
      },
      // "use client" stays: it is at the top of an entry.
      onLog: (level, log, print) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") print(level, log);
      },
    },
  },
};

/** The server, the sandbox and the command: run by Node and its kin, libraries bundled in. */
const node: UserConfig = {
  plugins: [script()],
  build: {
    target: "node20",
    minify: false,
    emptyOutDir: false,
    ssr: true,
    license: { fileName: "LICENSES.md" },
    rolldownOptions: {
      input: {
        server: "src/server/index.ts",
        sandbox: "src/sandbox/index.ts",
        cli: "src/cli/index.ts",
      },
      output: { chunkFileNames: "chunks/[name].js", entryFileNames: "[name].js" },
    },
  },
  ssr: { noExternal: true, target: "node" },
};

/** Lit's and the SDK's licences ask for it; their whole texts stand in dist/cdn/LICENSES.md. */
const notice = (sdk: boolean) =>
  `/*! dintero-checkout-element ${packageJson.version}, MIT. Lit: (c) Google LLC, BSD-3-Clause.${
    sdk ? " @dintero/checkout-web-sdk: (c) Dintero, MIT." : ""
  } LICENSES.md */`;

/** One self-contained file an element for `<script src>`: works as a classic and as a module script. */
function cdn(name: string, entry: string): UserConfig {
  return {
    resolve: withoutPolyfill,
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      target: "es2022",
      minify: "terser",
      // A classic script is read in its page's encoding when the server names none.
      terserOptions: { format: { ascii_only: true, comments: /^!/ } },
      outDir: "dist/cdn",
      // what is in dintero-return is in dintero-checkout as well
      license: name === "dintero-checkout" && { fileName: "LICENSES.md" },
      emptyOutDir: false,
      sourcemap: true,
      lib: { entry, formats: ["iife"], name: "dinteroCheckoutElement", fileName: () => `${name}.min.js` },
      rolldownOptions: {
        checks: { pluginTimings: false },
        output: {
          extend: false,
          codeSplitting: false,
          // Lit creates a global for its decorators, which these files do not use: it goes, unless the page had it.
          intro: 'const pageHasMetadata = "litPropertyMetadata" in globalThis;',
          outro: "if (!pageHasMetadata) delete globalThis.litPropertyMetadata;",
          postBanner: notice(name === "dintero-checkout"),
        },
      },
    },
  };
}

/** The sandbox's hosted page as files for any static server. */
const files: UserConfig = {
  plugins: [script()],
  publicDir: "src/sandbox/static",
  build: {
    target: "es2022",
    outDir: "dist/sandbox-static",
    license: { fileName: "LICENSES.md" },
    emptyOutDir: true,
    lib: {
      entry: "src/sandbox/static.ts",
      formats: ["iife"],
      name: "sandbox",
      fileName: () => "sandbox.js",
      cssFileName: "sandbox",
    },
    rolldownOptions: { output: { minify: true } },
  },
};

/** Tests that wait as long as a server makes them wait, or try ten thousand things: too slow for `npm run check`. */
const slow = [
  "any-answer",
  "transport/retries",
  "transport/faults",
  "hostile-bodies",
  "callback-mutations",
].map((name) => `test/server/${name}.test.ts`);

const project = (name: string, include: string[], options: TestProjectInlineConfiguration["test"] = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout: 60_000, ...options },
});

const testing: ViteUserConfig = {
  plugins: [script()],
  resolve: {
    // what the demo imports by the package's name is tested from the source
    alias: [{ find: /^dintero-checkout-element\/(server|sandbox)$/, replacement: `${root}src/$1/index.ts` }],
  },
  test: {
    reporters: [process.stdout.isTTY ? "default" : "minimal", new Counts()],
    // the console is for whoever looks for a failure
    silent: "passed-only",
    // pages are tested with their styles
    css: true,
    // most of a test's time is waiting, for a browser or a server
    maxWorkers: 2,
    // hooks start browsers, servers and builds, which are slow on a busy machine
    hookTimeout: 180_000,
  },
};

/** `vitest --project …`: `unit`, `server` and `slow` need only Node, `built` needs dist/, `browser` a Chromium as well. */
const test: ViteUserConfig = {
  ...testing,
  test: {
    ...testing.test,
    projects: [
      project(
        "unit",
        [
          "test/{messages,dintero,sandbox,cli,shop,environments}/**/*.test.ts",
          "test/package/*.test.ts",
          "test/react/server.test.ts",
          "test/docs/{snippets,structure,workflows}.test.ts",
        ],
        // they share one copy of the sandbox, which halves the time
        { isolate: false, exclude: ["test/sandbox/page/**"] },
      ),
      project("server", ["test/server/**/*.test.ts"], { exclude: slow }),
      project("slow", slow),
      project("built", ["test/package/built/**/*.test.ts"]),
      project("browser", [
        "test/{sandbox/page,e2e,pages}/**/*.test.ts",
        "test/react/hydration.test.ts",
        "test/docs/first-screen.test.ts",
      ]),
    ],
  },
};

/** The stories' server finds no index.html in a folder. */
const directoryIndex: Plugin = {
  name: "directory-index",
  configureServer({ middlewares }) {
    middlewares.use((request, _, next) => {
      request.url = request.url?.replace(/^(\/sandbox\/(?:\w+\/)?)(?=\?|$)/, "$1index.html") ?? "";
      next();
    });
  },
};

/** `vitest --mode storybook`: what each story plays and what axe finds, in Chromium; then the published Storybook. */
async function storybook(): Promise<ViteUserConfig> {
  // imported here, for each of them takes a second to load
  const { storybookTest } = await import("@storybook/addon-vitest/vitest-plugin");
  const { playwright } = await import("@vitest/browser-playwright");
  const provider = playwright({
    launchOptions: await chromium(),
    contextOptions: { locale: "en-GB", reducedMotion: "reduce" },
  });
  const browser = { enabled: true, headless: true, provider, instances: [{ browser: "chromium" as const }] };
  return {
    ...testing,
    test: {
      ...testing.test,
      projects: [
        {
          plugins: [directoryIndex, storybookTest()],
          test: { name: "stories", testTimeout: 60_000, browser },
        },
        project("published", ["test/storybook/*.test.ts"]),
      ],
    },
  };
}

const modes: Record<string, UserConfig | (() => Promise<UserConfig>)> = {
  test,
  storybook,
  node,
  static: files,
  "cdn-checkout": cdn("dintero-checkout", "src/checkout/define.ts"),
  "cdn-return": cdn("dintero-return", "src/return/define.ts"),
};

export default defineConfig(({ mode }) => {
  const config = modes[mode] ?? npm;
  return typeof config === "function" ? config() : config;
});
