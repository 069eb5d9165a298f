import { lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeEnv, writeEnvFile } from "../../src/cli/env-file.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "env-file-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["", "A=1\n"],
  ["B=2", "B=2\nA=1\n"],
  ["# note\nA=old\nB=2\n", "# note\nA=1\nB=2\n"],
  ["export A = old\n", "export A=1\n"],
  ["A=one\nA=two\n", "A=1\nA=1\n"],
  ["AA=old\n#A=old\n", "AA=old\n#A=old\nA=1\n"],
  ["B=2\r\n", "B=2\r\nA=1\r\n"],
  ["__proto__=x\n", "__proto__=x\nA=1\n"],
])("%j becomes %j", (text, expected) => {
  expect(mergeEnv(text, { A: "1" })).toBe(expected);
});

test.each([
  ["http://127.0.0.1:4242", "http://127.0.0.1:4242"],
  ["a b#c$d", "'a b#c$d'"],
  ["it's", '"it\'s"'],
])("the value %j is written as %s", (value, written) => {
  expect(mergeEnv("", { A: value })).toBe(`A=${written}\n`);
});

test("the file becomes its owner's alone, and a link stays a link", async () => {
  const file = join(folder, "real");
  const link = join(folder, ".env");
  await writeFile(file, "KEEP=1\n", { mode: 0o644 });
  await symlink("real", link);
  writeEnvFile(link, { A: "1" });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, "utf8")).toBe("KEEP=1\nA=1\n");
});

test("a file that cannot be written is named", () => {
  expect(() => writeEnvFile(folder, { A: "1" })).toThrow(`Cannot write ${folder}: EISDIR`);
});
