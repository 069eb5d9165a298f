import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
}

test("CONTRIBUTING lists every package that reaches a shop, with its licence", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
  const table = read("CONTRIBUTING.md").split("## Third parties")[1]?.split("\n## ")[0] ?? "";
  for (const [path, { license }] of shipped) {
    const name = path.replace(/.*node_modules\//, "");
    const row = table.split("\n").find((line) => line.startsWith("|") && line.split(/[ ,|]+/).includes(name));
    expect(row, `${name} is not listed in CONTRIBUTING.md`).toBeDefined();
    expect(row, `licence of ${name}`).toContain(license);
  }
});

test("every file and script that CONTRIBUTING names exists", () => {
  const text = read("CONTRIBUTING.md");
  const paths = [...text.matchAll(/`((?:src|test|scripts|demo|\.ci|\.github)\/[\w./-]+)`/g)].map(
    ([, path]) => path!,
  );
  const missing = paths.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)));
  expect(missing).toEqual([]);
  const scripts = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name!);
  expect(scripts.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});

test("CONTRIBUTING has a reason for every development dependency, and for no other package", () => {
  const section = read("CONTRIBUTING.md").split("## Development dependencies")[1]?.split("\n## ")[0] ?? "";
  const listed = [...section.matchAll(/^\| ([^|]+?) +\| [^|]+\|$/gm)]
    .flatMap(([, names = ""]) => names.split(", "))
    .filter((name) => name !== "package" && !name.startsWith("-"));
  expect(listed.sort()).toEqual(Object.keys(packageJson.devDependencies).sort());
});
