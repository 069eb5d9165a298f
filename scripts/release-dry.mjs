// npm run release:dry: what a release would do, from here. Publishes nothing, changes nothing outside of dist/.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

function run(title, command, { mayFail = false } = {}) {
  console.log(`\n── ${title}\n$ ${command}`);
  const { status } = spawnSync(command, { shell: true, stdio: "inherit" });
  if (status !== 0 && !mayFail) process.exit(status ?? 1);
}

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const waiting = readdirSync(".changeset").filter((file) => file.endsWith(".md") && file !== "README.md");

console.log(`${name} is at ${version}; ${waiting.length} changesets wait in .changeset/.`);
run("What the next version would be", "npx --no-install changeset status --verbose", { mayFail: true });
run("Build", "npm run -s build");
run("Is the package sound?", "npx --no-install publint --strict --pack npm");
run("What would be in it", "npm pack --dry-run --ignore-scripts");
console.log(
  `\n── ${waiting.length ? 'Merging the "Version Packages" pull request' : "The next push to main"} would publish it with provenance, if npm has no ${version} yet. Nothing was published.`,
);
