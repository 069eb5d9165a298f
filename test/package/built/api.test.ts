// What the entries export is a promise. Its record is test/package/api/, written by `npm run api` and read in review.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("the public API is the one recorded in test/package/api", () => {
  execFileSync(process.execPath, ["scripts/api-report.mjs", "--check"], { cwd: root, encoding: "utf8" });
});
