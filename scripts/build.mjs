// npm run build: everything the package ships. `--js` leaves out types and editor data, for a quick start of the demo,
// whose pages use the CDN files; `--readme` also writes the hashes of the CDN files into README.md, as a release does.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { writeEditorData } from "./editor-data.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** Runs a program of the project and ends with its exit code when it fails. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** The CDN files by a name that never changes its content, and the hashes a page pins them with. */
function cdn() {
  const integrity = {};
  for (const file of readdirSync("dist/cdn").filter((name) => name.endsWith(".min.js"))) {
    const versioned = file.replace(".min.js", `-${version}.min.js`);
    const hash = `sha384-${createHash("sha384")
      .update(readFileSync(join("dist/cdn", file)))
      .digest("base64")}`;
    copyFileSync(join("dist/cdn", file), join("dist/cdn", versioned));
    integrity[file] = integrity[versioned] = hash;
    console.log(`dist/cdn/${versioned} ${hash}`);
  }
  writeFileSync("dist/integrity.json", `${JSON.stringify(integrity, null, 2)}\n`);
}

/** `./state.ts` in a declaration is no file that is shipped. */
function finishDeclarations(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(folder, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1"));
  }
}

/** Packages of which something was bundled in, and the texts of their licences. */
function licences(outputs) {
  const modules = outputs.flat().flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []));
  const packages = new Set(
    modules.map((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]).filter(Boolean),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = join("node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} is bundled in and has no file with its licence.`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `Some files in this folder contain code of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** The script tags to copy, between the README's markers. */
function writeReadme() {
  const integrity = JSON.parse(readFileSync("dist/integrity.json", "utf8"));
  const tags = ["dintero-checkout", "dintero-return"].map(
    (name) => `<script
  src="https://cdn.jsdelivr.net/npm/dintero-checkout-element@${version}/dist/cdn/${name}.min.js"
  integrity="${integrity[`${name}.min.js`]}"
  crossorigin="anonymous"
></script>`,
  );
  const block = `<!-- integrity:start -->\n\n\`\`\`html\n${tags.join("\n")}\n\`\`\`\n\n<!-- integrity:end -->`;
  const readme = readFileSync("README.md", "utf8");
  if (!readme.includes("<!-- integrity:start -->")) throw new Error("README.md has no place for the hashes.");
  writeFileSync("README.md", readme.replace(/<!-- integrity:start -->[\s\S]*<!-- integrity:end -->/, block));
}

rmSync("dist", { recursive: true, force: true });
const flags = new Set(process.argv.slice(2));
const modes = ["npm", "node", "static", "cdn-checkout", "cdn-return"];
const outputs = [];
for (const mode of modes) outputs.push(await build({ mode, logLevel: "warn" }));
const texts = licences(outputs);
writeFileSync("dist/LICENSES.txt", texts);
writeFileSync("dist/cdn/LICENSES.txt", texts);
cdn();
if (!flags.has("--js")) {
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
  finishDeclarations("dist/types");
  await writeEditorData();
}
if (flags.has("--readme")) writeReadme();
