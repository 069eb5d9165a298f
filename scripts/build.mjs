// npm run build: everything the package ships. `--js` leaves out types and editor data, for a quick start.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
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
for (const mode of ["npm", "node", "cdn-checkout", "cdn-return"]) {
  await build({ mode, logLevel: "warn" });
}
if (!jsOnly) run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
