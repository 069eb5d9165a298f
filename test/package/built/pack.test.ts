// The package as npm would get it: what is in it, and how it works in an empty folder.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = (name: string) => join(root, "node_modules/.bin", name);
const folder = mkdtempSync(join(tmpdir(), "pack-"));
let tarball = "";
let files: string[] = [];

function run(command: string, args: readonly string[], cwd = folder): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout}\n${stderr}`, { cause: error });
  }
}

beforeAll(() => {
  const packed = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
  const [{ filename, files: list }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  tarball = join(folder, filename);
  files = list.map(({ path }) => path).sort();
  writeFileSync(join(folder, "package.json"), '{ "name": "shop", "private": true, "type": "module" }');
  run("npm", [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    tarball,
    "react@19.3.1",
  ]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const version = packageJson.version;
const expected = [
  "package.json",
  "LICENSE",
  "llms.txt",
  "CHANGELOG.md",
  "custom-elements.json",
  "dist/LICENSES.md",
  "dist/integrity.json",
  ...[
    "index",
    "element",
    "return",
    "react",
    "server",
    "sandbox",
    "cli",
    "server-dom",
    "node/index",
    "node/element",
    "node/return",
  ].map((name) => `dist/${name}.js`),
  ...["index", "react", "server-dom"].map((name) => `dist/${name}.js.map`),
  "dist/cdn/LICENSES.md",
  ...["dintero-checkout.min.js", "dintero-return.min.js"].flatMap((file) => [
    `dist/cdn/${file}`,
    `dist/cdn/${file}.map`,
    `dist/cdn/${file.replace(".min.js", `-${version}.min.js`)}`,
  ]),
  ...["elements", "react", "react-18", "preact", "solid", "svelte", "vue"].map(
    (name) => `dist/editor/${name}.d.ts`,
  ),
  ...["sandbox.js", "sandbox.css", "favicon.ico", "LICENSES.md"].map((name) => `dist/sandbox-static/${name}`),
  ...["", "embedResult/", "return/"].map((folder) => `dist/sandbox-static/${folder}index.html`),
  "dist/editor/vscode.html-custom-data.json",
  "dist/editor/vscode.css-custom-data.json",
  "dist/editor/web-types.json",
];

test("the package contains what it promises, and nothing else", () => {
  const missing = expected.filter((file) => !files.includes(file));
  expect(missing, "missing in the package").toEqual([]);
  const known =
    /^(README\.md|docs\/[\w-]+\.md|dist\/chunks\/[\w-]+\.js(\.map)?|dist\/types\/[\w./-]+\.d\.ts)$/;
  const surplus = files.filter((file) => !expected.includes(file) && !known.test(file));
  expect(surplus, "not meant to be in the package").toEqual([]);
});

test("it depends on Lit and Dintero's SDK, and on nothing else", () => {
  expect(Object.keys(packageJson.dependencies).sort()).toEqual(["@dintero/checkout-web-sdk", "lit"]);
});

const entries = [".", "./element", "./return", "./react", "./server", "./sandbox"];

test.each(entries)("the entry %s loads in Node without output", (entry) => {
  const name = `dintero-checkout-element${entry.slice(1)}`;
  const output = run(process.execPath, ["-e", `import(${JSON.stringify(name)})`]);
  expect(output).toBe("");
});

test("the command answers", () => {
  expect(run("npx", ["--no-install", "dintero-checkout-element", "--help"])).toMatch(/sandbox/);
});

test("the React components are a client module, which is all that imports React", () => {
  const read = (file: string) =>
    readFileSync(join(folder, "node_modules/dintero-checkout-element", file), "utf8");
  expect(read("dist/react.js")).toMatch(/^"use client";/);
  const importing = files.filter((file) => /^dist\/.*\.js$/.test(file) && /from "react"/.test(read(file)));
  expect(importing).toEqual(["dist/react.js"]);
});

test("every export is a file that exists", () => {
  const require = createRequire(join(folder, "index.js"));
  for (const entry of [...entries, "./custom-elements.json", "./package.json"]) {
    expect(require.resolve(`dintero-checkout-element${entry.slice(1)}`)).toBeTruthy();
  }
  const manifest = JSON.parse(
    readFileSync(join(folder, "node_modules/dintero-checkout-element/package.json"), "utf8"),
  ) as typeof packageJson;
  for (const path of [
    manifest.customElements,
    manifest["web-types"],
    manifest.bin["dintero-checkout-element"],
  ]) {
    expect(files).toContain(path.replace("./", ""));
  }
});

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

test("sideEffects is exact: registering stays in a bundle, unused code is dropped", async () => {
  expect(await bundle('import "dintero-checkout-element"')).toMatch(/\.define\("dintero-checkout"/);
  expect(await bundle('import "dintero-checkout-element/return"')).toMatch(/\.define\("dintero-return"/);
  const react = await bundle('import "dintero-checkout-element/react"');
  expect(react).toMatch(/\.define\("dintero-checkout"/);
  expect(react).toMatch(/\.define\("dintero-return"/);
  expect((await bundle('import "dintero-checkout-element/element"')).trim()).toBe("");
  expect((await bundle('import "dintero-checkout-element/server"')).trim()).toBe("");
  const one = await bundle(
    'import { verifyWebhook } from "dintero-checkout-element/server"; console.log(verifyWebhook)',
  );
  const all = await bundle('import * as all from "dintero-checkout-element/server"; console.log(all)');
  expect(one.length).toBeLessThan(all.length / 3);
});

const shop = `
import { DinteroCheckout, DinteroCheckoutError, type PaymentEvent, type CheckoutMode, type CheckoutState } from "dintero-checkout-element";
import { DinteroCheckout as Same } from "dintero-checkout-element/element";
import { ResultEvent } from "dintero-checkout-element/return";
import { createDinteroClient, createSessionHandler } from "dintero-checkout-element/server";
import { createSandbox } from "dintero-checkout-element/sandbox";

const checkout = document.createElement("dintero-checkout");
checkout.endpoint = "/api/checkout";
checkout.mode = "embed" satisfies CheckoutMode;
const state: CheckoutState = checkout.state;
checkout.addEventListener("dintero-payment", (event) => {
  const same: PaymentEvent = event;
  const id: string = same.transactionId;
  console.log(id);
});
// @ts-expect-error there is no such mode
checkout.mode = "sideways";
// @ts-expect-error read-only
checkout.state = "paid";
document.querySelector("dintero-return")?.addEventListener("dintero-result", (event: ResultEvent) => event.verified);

const sandbox = createSandbox();
const client = createDinteroClient({ accountId: "T12345678", clientId: "a", clientSecret: "b", fetch: sandbox.fetch });
const handler = createSessionHandler({
  client,
  createSession: () => ({
    url: { return_url: "https://shop.example/thanks" },
    order: { amount: 29990, currency: "NOK", merchant_reference: "1", items: [] },
    profile_id: "default",
  }),
});
const answer: Promise<Response> = handler(new Request("https://shop.example/api/checkout"));
const isClass: typeof Same = DinteroCheckout;
console.log(state, answer, isClass, new DinteroCheckoutError("timeout").retryable);
`;

test.each([
  ["bundler", "esnext"],
  ["node16", "node16"],
])("types resolve under moduleResolution %s, and report mistakes", (moduleResolution, module) => {
  writeFileSync(join(folder, "shop.ts"), shop);
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      module,
      moduleResolution,
      target: "es2022",
      lib: ["es2023", "dom", "dom.iterable"],
      types: [],
      skipLibCheck: false,
    },
    files: ["shop.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  expect(run(bin("tsc"), ["-p", "."])).toBe("");
});

test("a server without the browser's types needs only Node's", () => {
  const entries = ["server", "sandbox"].map(
    (name) => `export * as ${name} from "dintero-checkout-element/${name}";`,
  );
  writeFileSync(join(folder, "server.ts"), entries.join("\n"));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    lib: ["es2023"],
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
    skipLibCheck: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["server.ts"] }));
  expect(run(bin("tsc"), ["-p", "."])).toBe("");
});

test("publint has no errors, warnings or suggestions", () => {
  expect(run(bin("publint"), ["--strict", tarball])).toMatch(/All good!/);
});

test("attw finds no problem in the types", () => {
  // attw exits with 1 when it finds one
  run(bin("attw"), [
    tarball,
    "--profile",
    "esm-only",
    "--no-color",
    "--no-emoji",
    "--exclude-entrypoints",
    "custom-elements.json",
    ...["react", "react-18", "preact", "solid", "svelte", "vue", "elements"].map((name) => `types/${name}`),
  ]);
});
