// Bundles the entries as a shop's bundler would, then holds them against the limits in package.json ("size-limit").
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { build as bundle } from "vite";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const outdir = "node_modules/.cache/size";
rmSync(outdir, { recursive: true, force: true });

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir,
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};
// What a page's own bundler makes of `import "dintero-checkout-element"`. What is fetched later (the SDK, its adapter,
// other languages) is no part of the first load: the entry and what it imports is.
const page = `${outdir}/page.js`;
mkdirSync(outdir, { recursive: true });
writeFileSync(page, 'import "dintero-checkout-element";');
const [{ output }] = await bundle({
  configFile: false,
  logLevel: "warn",
  // without the "development" condition: Lit would talk to the console
  resolve: { conditions: ["module", "browser"] },
  define: common.define,
  build: {
    write: false,
    target: common.target,
    lib: { entry: page, formats: ["es"] },
    rolldownOptions: { output: { minify: true } },
  },
});
const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
const firstLoad = new Set();
(function add(file) {
  if (firstLoad.has(file)) return;
  firstLoad.add(file);
  chunks.get(file).imports.forEach(add);
})(output.find(({ isEntry }) => isEntry).fileName);
writeFileSync(`${outdir}/first-load.js`, [...firstLoad].map((file) => chunks.get(file).code).join(""));
await build({ ...common, entryPoints: ["dist/server.js"] });
await build({
  ...common,
  stdin: {
    contents: 'export { createDinteroClient, createSessionHandler } from "./dist/server.js";',
    resolveDir: process.cwd(),
    sourcefile: "client-and-session-handler.js",
  },
  outdir: undefined,
  outfile: `${outdir}/client-and-session-handler.js`,
});
// A server's bundle is measured as the shop with the thorough minifier gets it.
for (const name of ["server", "client-and-session-handler"]) {
  const file = `${outdir}/${name}.js`;
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
  });
  writeFileSync(file, code);
}
const { status } = spawnSync("npx", ["--no-install", "size-limit"], { stdio: "inherit" });
process.exitCode = status ?? 1;
