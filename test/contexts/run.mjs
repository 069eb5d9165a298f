// npm run test:everywhere: every context of a page in three engines, with the packed package. Prints what the tag can do
// in each, and ends with `everywhere: N passed, N failed`. `--only=vue,turbo` and ENGINES=chromium,webkit narrow it down.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drivers } from "./drivers.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "contexts-"));
const installed = join(here, "node_modules/dintero-checkout-element");
const columns = ["shows", "attribute", "property", "event", "pays", "unmounts"];

function run(command, args, cwd = here) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** Installs the lockfiles' packages, and the packed package beside them. */
function install() {
  for (const folder of [here, ...["astro", "angular", "react-18"].map((name) => join(here, "apps", name))]) {
    const fresh = process.env.CI === "true" || !existsSync(join(folder, "node_modules"));
    if (fresh) run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
  }
  const packed = run(
    "npm",
    ["pack", "--json", "--loglevel=error", "--ignore-scripts", "--pack-destination", out],
    root,
  );
  const [{ filename }] = JSON.parse(packed);
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", join(out, filename), "-C", installed, "--strip-components=1"]);
}

/** One context in one engine, as a shopper would go through it. */
async function visit(driver, shop, name) {
  const page = await driver.open(`${shop.url}/${name}/`);
  try {
    const sessionId = await page.call("begin");
    await page.click("#test-values", "#pay");
    await page.call("outcome");
    return await page.call("finish", await shop.transaction(sessionId));
  } catch (error) {
    return { shows: String(error.message).split("\n")[0] };
  } finally {
    await page.close().catch(() => {});
  }
}

async function everywhere(engine, shop, names) {
  const driver = await drivers[engine]();
  const results = {};
  try {
    for (const name of names) {
      results[name] = await visit(driver, shop, name);
      if (process.env.VERBOSE) console.log(engine, name, JSON.stringify(results[name]));
    }
  } finally {
    await driver.close().catch(() => {});
  }
  return results;
}

function table(engines, results, names) {
  const width = Math.max(...names.map((name) => name.length));
  const lines = [`${"".padEnd(width)}  ${engines.map((engine) => engine.padEnd(11)).join("  ")}`];
  for (const name of names) {
    const cells = engines.map((engine) => {
      const found = results[engine][name];
      return columns.map((column) => (found?.[column] === true ? "✔" : "✘")).join(" ");
    });
    lines.push(`${name.padEnd(width)}  ${cells.join("  ")}`);
  }
  return `${lines.join("\n")}\n${columns.map((column, nth) => `${nth + 1} ${column}`).join(", ")}`;
}

/** Rows of custom-elements-everywhere.com, in each framework's own syntax; cells name the engines that pass if they differ. */
function conformance(engines, results, names) {
  const frameworks = names.filter((name) => engines.some((engine) => results[engine][name]?.conformance));
  const rows = [
    ...new Set(frameworks.flatMap((name) => Object.keys(results[engines[0]][name].conformance ?? {}))),
  ];
  const cell = (row, name) => {
    const right = engines.filter((engine) => results[engine][name].conformance?.[row]);
    if (right.length === engines.length) return "yes";
    return right.length === 0 ? "**no**" : `only ${right.join(", ")}`;
  };
  return [
    `| | ${frameworks.join(" | ")} |`,
    `|---|${frameworks.map(() => "---|").join("")}`,
    ...rows.map((row) => `| ${row} | ${frameworks.map((name) => cell(row, name)).join(" | ")} |`),
  ].join("\n");
}

const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const wanted = (process.env.ENGINES ?? "chromium,firefox,webkit")
  .split(",")
  .map((name) => name.toLowerCase());
const engines = Object.keys(drivers).filter((engine) => wanted.includes(engine.toLowerCase()));

if (!existsSync(join(root, "dist/index.js"))) throw new Error("Run `npm run build` first.");
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
install();
console.log(`installed after ${seconds()}`);

const { buildContext, names: all } = await import("./build.mjs");
const names = only ? only.split(",") : all;
const broken = {};
for (const name of names) {
  mkdirSync(join(out, name), { recursive: true });
  await buildContext(name, join(out, name)).catch((error) => {
    broken[name] = `does not build: ${error.stderr || error.stdout || error.stack}`;
  });
}
console.log(`built after ${seconds()}`);

const { openShop } = await import("./shop.mjs");
const folders = Object.fromEntries(names.map((name) => [name, join(out, name)]));
const shop = await openShop(installed, {
  ...folders,
  package: installed,
  modules: dirname(installed),
  "harness.js": join(here, "harness.js"),
});
const results = {};
const missing = [];
const buildable = names.filter((name) => !broken[name]);
await Promise.all(
  engines.map(async (engine) => {
    try {
      results[engine] = await everywhere(engine, shop, buildable);
    } catch (error) {
      missing.push(`${engine}: ${error.message}`);
    }
  }),
);
shop.close();
rmSync(out, { recursive: true, force: true });

const ran = engines.filter((engine) => results[engine]);
let [passed, failed] = [0, 0];
const reasons = [];
for (const name of names) {
  if (broken[name]) reasons.push(`${name} ${broken[name]}`);
  for (const engine of ran) {
    for (const column of columns) {
      const found = results[engine][name]?.[column];
      if (found === true) passed += 1;
      else {
        failed += 1;
        if (found) reasons.push(`${name} in ${engine}, ${column}: ${found}`);
      }
    }
  }
}
for (const line of missing) {
  const required = process.env.CI === "true" || line.startsWith("Chromium");
  if (required) failed += 1;
  console.log(`${required ? "✘ " : ""}Left out ${line}`);
}
const report = conformance(ran, results, names);
if (!only && ran.length === 3 && report.includes("|")) {
  const file = join(here, "conformance.md");
  const intro = `# What reaches the tag by each framework's own syntax

Written by \`npm run test:everywhere\` in three engines; the syntax is in \`apps/\`. The rows follow
custom-elements-everywhere.com. The tag's events are all in kebab-case: other casings do not occur.

- React 18, and React 19 where it hydrates what a server rendered, set neither objects nor listeners: use a ref.
- React 18 writes \`false\` as text: leave a boolean attribute out instead.
- Solid uses \`prop:\` for properties, \`bool:\` for boolean attributes and \`on:\` for events.
- Vue takes a boolean as a property (\`:validateSession\`), Angular an attribute as \`[attr.timeout]\`.
`;
  writeFileSync(file, `${intro}\n${report}\n`);
  run("npx", ["--no", "--", "prettier", "--write", "--log-level=error", file], root);
}
console.log(`\n${report}\n\n${table(ran, results, names)}\n`);
for (const reason of reasons) console.log(`✘ ${reason}`);
console.log(`${seconds()}\neverywhere: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
