// scripts/dependency-rules.mjs lists which folder of src/ may import which; dependency-cruiser checks it here.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The broken rules, one line each; empty when there are none. */
function brokenRules(folder: string): string {
  const command = join(root, "node_modules/.bin/depcruise");
  const rules = join(root, "scripts/dependency-rules.mjs");
  try {
    execFileSync(command, ["src", "--config", rules], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test(
  "src/ follows the rules, and has no circle of imports between files or folders",
  { timeout: 120_000 },
  () => {
    expect(brokenRules(root)).toBe("");
  },
);

test(
  "the rules notice a circle of type imports, one of folders, an import of a neighbour, and one that is loaded later",
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(root, "node_modules/.cache-architecture-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const name of ["checkout", "server"]) mkdirSync(join(folder, "src", name), { recursive: true });
    cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
    writeFileSync(join(folder, "src/server/a.ts"), 'import type { B } from "./b.ts";\nexport type A = B[];');
    writeFileSync(join(folder, "src/server/b.ts"), 'import type { A } from "./a.ts";\nexport type B = A[];');
    writeFileSync(
      join(folder, "src/checkout/c.ts"),
      'import type { A } from "../server/a.ts";\nexport type C = A;',
    );
    writeFileSync(
      join(folder, "src/server/e.ts"),
      'import type { C } from "../checkout/c.ts";\nexport type E = C;',
    );
    writeFileSync(join(folder, "src/server/d.ts"), 'export const load = () => import("./a.ts");');
    const broken = brokenRules(folder);
    expect(broken).toContain("no-circle: src/server/a.ts");
    expect(broken).toContain("no-folder-circle: src/checkout");
    expect(broken).toContain("pages: src/checkout/c.ts → src/server/a.ts");
    expect(broken).toContain("no-lazy-loading: src/server/d.ts → src/server/a.ts");
  },
);
