// npm run build: everything the package ships. `--js` leaves out types and editor data, for a quick start.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

const jsOnly = process.argv.includes("--js");

/** Runs a program of the project and ends with its exit code when it fails. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync("dist", { recursive: true, force: true });
const needs = {
  npm: "index",
  node: "server/index",
  "cdn-checkout": "cdn-checkout",
  "cdn-return": "cdn-return",
};
for (const [mode, entry] of Object.entries(needs)) {
  if (existsSync(`src/${entry}.ts`)) await build({ mode, logLevel: "warn" });
  else console.log(`Nothing to build for ${mode}: src/${entry}.ts is not there.`);
}
if (!jsOnly) run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
