// Blank projects with the package as npm would install it: the types of each framework, and each bundler (and none),
// whose page must show the sandbox's checkout in a browser. Ends with `projects: N passed, N failed`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { chromium as playwright } from "playwright";
import { chromium } from "../../support/browser.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "projects-"));
const modules = join(here, "node_modules");
const installed = join(modules, "dintero-checkout-element");

function run(command, args, cwd = here) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Installs the lockfile's packages, and the packed package beside them. */
function install() {
  run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]);
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", out], root),
  );
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  run("tar", ["-xzf", join(out, filename), "-C", installed, "--strip-components=1"]);
}

/** The snippets of docs/frameworks.md join the project of the framework whose types they import. */
function documentedSnippets() {
  const text = readFileSync(join(root, "docs/frameworks.md"), "utf8");
  const written = [];
  for (const [, extension, code] of text.matchAll(/^```(tsx|vue|svelte)\n([^]*?)^```/gm)) {
    const framework = /element\/(?:types\/)?([\w-]+)"/.exec(code)?.[1];
    if (!framework) throw new Error(`docs/frameworks.md: which framework is this?\n${code}`);
    const file = join(here, framework, `Documented${written.length}.${extension}`);
    writeFileSync(file, code);
    written.push(file);
  }
  return written;
}

const bin = (name) => join(modules, ".bin", name);

const types = Object.fromEntries(
  ["react", "react-18", "preact", "solid"].map((name) => [
    `types: ${name}`,
    () => run(bin("tsc"), ["-p", name]),
  ]),
);
types["types: vue"] = () => run(bin("vue-tsc"), ["-p", "vue"]);
types["types: svelte"] = () => {
  // it cannot expect errors, so they are counted: none in the right file, two in the wrong one
  let output = "";
  try {
    output = run(bin("svelte-check"), [
      "--workspace",
      "svelte",
      "--tsconfig",
      "tsconfig.json",
      "--output",
      "machine",
    ]);
  } catch (error) {
    output = error.stdout;
  }
  const errors = output.split("\n").filter((line) => / ERROR /.test(line));
  if (errors.length !== 2 || !errors.every((line) => /"Wrong\.svelte"/.test(line))) throw new Error(output);
};

const source = (name) => join(here, "bundlers", name);

/** Each builds a folder with an index.html. */
const bundlers = {
  async vite(folder) {
    run(bin("vite"), ["build", source(""), "--outDir", folder, "--emptyOutDir", "--logLevel", "error"]);
  },
  async webpack(folder) {
    const { default: webpack } = await import("webpack");
    const config = { mode: "production", context: here, entry: source("main.js"), output: { path: folder } };
    const stats = await new Promise((resolve, reject) =>
      webpack(config, (error, result) => (error ? reject(error) : resolve(result))),
    );
    if (stats.hasErrors() || stats.hasWarnings()) {
      throw new Error(stats.toString({ all: false, errors: true, errorDetails: true, warnings: true }));
    }
  },
  async esbuild(folder) {
    const { build } = await import("esbuild");
    const options = { bundle: true, minify: true, splitting: true, format: "esm" };
    await build({ ...options, entryPoints: [source("main.js")], outdir: folder, logLevel: "silent" });
  },
  async "no bundler, an import map"(folder) {
    const imports = {
      "dintero-checkout-element": "/node_modules/dintero-checkout-element/dist/index.js",
      "dintero-checkout-element/return": "/node_modules/dintero-checkout-element/dist/return.js",
      // the SDK's polyfill throws as a native module, and is not needed
      "native-promise-only": "data:text/javascript,export default {}",
    };
    for (const name of ["lit", "lit-html", "lit-element/lit-element.js", "@lit/reactive-element"]) {
      const folder_ = name.replace(/\/[^@/]+\.js$/, "");
      const { main, module } = JSON.parse(readFileSync(join(modules, folder_, "package.json"), "utf8"));
      imports[name] = name.endsWith(".js")
        ? `/node_modules/${name}`
        : `/node_modules/${name}/${module ?? main}`;
      imports[`${folder_}/`] = `/node_modules/${folder_}/`;
    }
    const sdk = JSON.parse(readFileSync(join(modules, "@dintero/checkout-web-sdk/package.json"), "utf8"));
    imports["@dintero/checkout-web-sdk"] = `/node_modules/@dintero/checkout-web-sdk/${sdk.module}`;
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    const page = readFileSync(source("index.html"), "utf8").replace("</title>", `</title>${map}`);
    writeFileSync(join(folder, "index.html"), page);
    cpSync(source("main.js"), join(folder, "main.js"));
  },
};

const mime = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

function listen(fetch, hostname) {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname }, ({ port }) => resolve({ server, port }));
  });
}

/** A shop that serves one folder and creates sessions in the sandbox. */
async function shows(folder) {
  const require = createRequire(join(here, "run.mjs"));
  const { createSandbox } = await import(require.resolve("dintero-checkout-element/sandbox"));
  const { createDinteroClient, createSessionHandler } = await import(
    require.resolve("dintero-checkout-element/server")
  );
  const sandbox = createSandbox();
  const dintero = await listen((request) => sandbox.fetch(request), "127.0.0.1");
  const url = `http://127.0.0.1:${dintero.port}`;
  const { accountId, clientId, clientSecret } = sandbox;
  const session = createSessionHandler({
    client: createDinteroClient({ accountId, clientId, clientSecret, apiUrl: url, checkoutUrl: url }),
    createSession: () => ({
      url: { return_url: "http://localhost/thanks" },
      order: { amount: 29990, currency: "NOK", merchant_reference: "order-001" },
      profile_id: "default",
    }),
  });
  const shop = await listen((request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/checkout") return session(request);
    const path = pathname === "/" ? "/index.html" : pathname;
    try {
      const file = path.startsWith("/node_modules/") ? join(here, path) : join(folder, path);
      let body = readFileSync(file, "utf8");
      if (path === "/index.html") {
        body = body.replace("<dintero-checkout ", `<dintero-checkout checkout-url="${url}" `);
      }
      return new Response(body, {
        headers: { "content-type": mime[extname(path)] ?? "application/octet-stream" },
      });
    } catch {
      return new Response("not found", { status: 404 });
    }
  }, "localhost");
  const browser = await playwright.launch(await chromium());
  try {
    const page = await browser.newPage();
    const noise = [];
    page.on("pageerror", (error) => noise.push(String(error)));
    page.on(
      "console",
      (message) => ["error", "warning"].includes(message.type()) && noise.push(message.text()),
    );
    await page.goto(`http://localhost:${shop.port}/`);
    await page
      .waitForFunction(
        () => document.querySelector("dintero-checkout")?.session?.order.amount === 29990,
        null,
        {
          timeout: 20_000,
        },
      )
      .catch((error) => {
        throw new Error([error.message, ...noise].join("\n"), { cause: error });
      });
    if (noise.length) throw new Error(noise.join("\n"));
  } finally {
    await browser.close();
    for (const { server } of [shop, dintero]) {
      server.close();
      server.closeAllConnections();
    }
  }
}

const pages = Object.fromEntries(
  Object.entries(bundlers).map(([name, make]) => [
    `page: ${name}`,
    async () => {
      const folder = join(out, name.replace(/\W+/g, "-"));
      mkdirSync(folder);
      await make(folder);
      if (!readdirSync(folder).includes("index.html"))
        cpSync(source("index.html"), join(folder, "index.html"));
      await shows(folder);
    },
  ]),
);

install();
const snippets = documentedSnippets();
let [passed, failed] = [0, 0];
for (const [name, test] of Object.entries({ ...types, ...pages })) {
  try {
    await test();
    passed += 1;
    console.log(`✔ ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`✘ ${name}\n${error.stdout ?? ""}${error.stderr ?? ""}${error.message}`);
  }
}
for (const path of [out, ...snippets]) rmSync(path, { recursive: true, force: true });
console.log(`projects: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
