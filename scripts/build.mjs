// npm run build: everything the package ships. `--js` leaves out types and editor data, for a quick start of the demo,
// whose pages use the CDN files; `--readme` also writes the hashes of the CDN files into README.md, as a release does.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { writeEditorData } from "./editor-data.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const flags = new Set(process.argv.slice(2));
const elements = ["dintero-checkout", "dintero-return"];

/** Copies each CDN file to a name that never changes its content, and writes the hashes that pages pin them with. */
function addVersionedFiles() {
  const integrity = {};
  for (const name of elements) {
    const versioned = `${name}-${version}.min.js`;
    copyFileSync(`dist/cdn/${name}.min.js`, `dist/cdn/${versioned}`);
    const hash = createHash("sha384")
      .update(readFileSync(`dist/cdn/${versioned}`))
      .digest("base64");
    integrity[`${name}.min.js`] = integrity[versioned] = `sha384-${hash}`;
  }
  writeFileSync("dist/integrity.json", `${JSON.stringify(integrity, null, 2)}\n`);
  return integrity;
}

/** Writes the script tags to copy between the README's markers. */
function writeReadme(integrity) {
  const tags = elements.map(
    (name) => `<script
  src="https://cdn.jsdelivr.net/npm/dintero-checkout-element@${version}/dist/cdn/${name}.min.js"
  integrity="${integrity[`${name}.min.js`]}"
  crossorigin="anonymous"
></script>`,
  );
  const markers = /(<!-- integrity:start -->)[\s\S]*(<!-- integrity:end -->)/;
  const readme = readFileSync("README.md", "utf8");
  if (!markers.test(readme))
    throw new Error("README.md has no <!-- integrity:start --> … <!-- integrity:end -->.");
  writeFileSync("README.md", readme.replace(markers, `$1\n\n\`\`\`html\n${tags.join("\n")}\n\`\`\`\n\n$2`));
}

rmSync("dist", { recursive: true, force: true });
for (const mode of ["npm", "node", "static", "cdn-checkout", "cdn-return"]) {
  await build({ mode, logLevel: "warn" });
}
const integrity = addVersionedFiles();
if (!flags.has("--js")) {
  execFileSync("npx", ["--no", "--", "tsc", "-p", "scripts/tsconfig.types.json"], { stdio: "inherit" });
  await writeEditorData();
}
if (flags.has("--readme")) writeReadme(integrity);
