// Bundles the entries as a shop's bundler would, then holds them against the limits in package.json ("size-limit").
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

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
// What is fetched later (the SDK, other languages) is no part of the first load: the entry and what it imports is.
const { metafile } = await build({
  ...common,
  entryPoints: ["dist/index.js"],
  splitting: true,
  metafile: true,
  outdir: `${outdir}/split`,
});
const firstLoad = new Set();
(function add(file) {
  if (firstLoad.has(file)) return;
  firstLoad.add(file);
  for (const { kind, path } of metafile.outputs[file].imports) if (kind === "import-statement") add(path);
})(`${outdir}/split/index.js`);
writeFileSync(`${outdir}/first-load.js`, [...firstLoad].map((file) => readFileSync(file, "utf8")).join(""));
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
