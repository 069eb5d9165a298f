// npm run check: what can be known in under a minute, two at a time, with one line each. Output only of what failed.
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
process.env.PATH = `${root}node_modules/.bin${delimiter}${process.env.PATH}`;
process.env.NO_COLOR = "1";

// the longest first
const checks = {
  "unit tests": "vitest run --project unit --project server --reporter=dot",
  types: "tsc -p tsconfig.json --incremental --tsBuildInfoFile node_modules/.cache/check.tsbuildinfo",
  format: "prettier --check --cache --log-level warn . '!custom-elements.json'",
  lint: "eslint .",
  // it knows neither Lit's `nothing` nor compound autocomplete tokens: bindings' types are left to TypeScript
  templates:
    "lit-analyzer 'src/**/*.ts' --strict --quiet --rules.no-missing-import off --rules.no-incompatible-type-binding off",
  manifest: "node scripts/manifest.mjs --check",
  "unused code": "knip --no-progress",
};

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (data) => (output += data);
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("close", (code) => resolve({ code, output }));
  });
}

const wanted = process.argv.slice(2);
const queue = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const started = Date.now();
let failed = 0;
let passed = 0;

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [name, command] = next;
    const since = Date.now();
    const { code, output } = await run(command);
    console.log(`${code === 0 ? "✔" : "✘"} ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
    if (code === 0) passed += 1;
    else {
      failed += 1;
      console.log(`  ${command}\n${output.trimEnd().replace(/^/gm, "  ")}`);
    }
  }
}

await Promise.all([work(), work()]);
console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
