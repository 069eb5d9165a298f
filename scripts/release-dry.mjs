// npm run release:dry: what a release would do, from here. Publishes nothing, changes nothing outside of dist/.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

function run(title, command) {
  console.log(`\n── ${title}\n$ ${command}`);
  const { status } = spawnSync(command, { shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const waiting = readdirSync(".changeset").filter((file) => file.endsWith(".md") && file !== "README.md");
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** What waits in .changeset/, as the release would take it: the version, and what the CHANGELOG would say. */
function next() {
  if (!waiting.length) return { version, entry: entryOf(version) };
  const folder = mkdtempSync(join(tmpdir(), "changeset-"));
  const plan = join(folder, "plan.json");
  // it takes a path from here only
  const { status } = spawnSync("npx", [
    "--no-install",
    "changeset",
    "status",
    `--output=${relative(process.cwd(), plan)}`,
  ]);
  const { changesets, releases } = status === 0 ? JSON.parse(readFileSync(plan, "utf8")) : {};
  rmSync(folder, { recursive: true });
  const [release] = releases ?? [];
  return {
    version: release?.newVersion ?? `${version}, and more: changeset status fails`,
    entry: (changesets ?? []).map(({ summary }) => `- ${summary.trim()}`).join("\n"),
  };
}

/** The part of the CHANGELOG about a version. */
function entryOf(version) {
  const [, ...parts] = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const part = parts.find((each) => each.startsWith(`${version}\n`));
  return part?.slice(version.length).trim() || `CHANGELOG.md says nothing of ${version}.`;
}

/** What `npm pack` would take: files of the top and of dist/ by name, the rest by folder. */
function contents() {
  // --json, for npm says nothing else inside of `npm run -s`
  const { stdout, status } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) process.exit(status ?? 1);
  const [{ filename, size, unpackedSize, files }] = JSON.parse(stdout);
  const rows = new Map();
  for (const { path, size } of files) {
    const folder = dirname(path).split("/").slice(0, 2).join("/");
    const row = [".", "dist", "dist/cdn"].includes(folder) ? path : `${folder}/`;
    const before = rows.get(row) ?? { count: 0, bytes: 0 };
    rows.set(row, { count: before.count + 1, bytes: before.bytes + size });
  }
  for (const [row, { count, bytes }] of rows) {
    console.log(`${kB(bytes).padStart(10)}  ${row}${row.endsWith("/") ? `  (${count} files)` : ""}`);
  }
  console.log(`${kB(unpackedSize).padStart(10)}  in ${files.length} files; ${filename} is ${kB(size)}`);
}

const release = next();
console.log(`${name} is at ${version}; ${waiting.length} changesets wait in .changeset/.`);
run("Build", "npm run -s build");
run("Is the package sound?", "npx --no-install publint --strict --pack npm");
console.log(`\n── ${name}@${release.version}, as CHANGELOG.md would tell it\n\n${release.entry}`);
console.log("\n── What would be in it");
contents();
console.log(
  `\n── ${waiting.length ? 'Merging the "Version Packages" pull request' : "The next push to main"} would publish it with provenance, if npm has no ${release.version} yet. Nothing was published.`,
);
