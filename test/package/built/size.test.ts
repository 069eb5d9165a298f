// What a shopper downloads may grow by a tenth before a limit must be raised: the limits are in package.json.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Size {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit?: number;
}

test("no file that a shopper loads is over its limit", () => {
  const command = `${root}node_modules/.bin/size-limit`;
  // size-limit ends with 1 when a limit is exceeded; its sizes are compared here instead
  const output = execFileSync("sh", ["-c", `"${command}" --json || true`], { cwd: root, encoding: "utf8" });
  const sizes = JSON.parse(output) as Size[];
  const limited = sizes.filter(({ sizeLimit }) => sizeLimit !== undefined);
  expect(limited.length).toBe(3);
  for (const { name, size, sizeLimit } of limited) expect(size, name).toBeLessThanOrEqual(sizeLimit ?? 0);
});
