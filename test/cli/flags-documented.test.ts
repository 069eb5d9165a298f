import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { doctorFlags } from "../../src/cli/doctor.ts";
import { sandboxFlags } from "../../src/cli/sandbox.ts";

test.each([
  ["sandbox", sandboxFlags],
  ["doctor", doctorFlags],
])("docs/%s.md describes every flag of the command", (command, flags) => {
  const docs = readFileSync(new URL(`../../docs/${command}.md`, import.meta.url), "utf8");
  for (const flag of Object.keys(flags)) expect(docs).toContain(`--${flag}`);
});
