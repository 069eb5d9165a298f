// Bundles the entries as a shop's bundler would, then holds them against the limits in package.json ("size-limit").
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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
// what is fetched later (the SDK, other languages) goes to files of its own: the entry is the first load
await build({
  ...common,
  entryPoints: ["dist/index.js"],
  splitting: true,
  chunkNames: "later/[name]-[hash]",
});
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
const { status } = spawnSync("npx", ["--no-install", "size-limit"], { stdio: "inherit" });
process.exitCode = status ?? 1;
