import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findChromium } from "../support/browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "");
  return path;
}

const mine = program("mine/chrome");
const chromium = program("bin/chromium");
const edge = program("more/microsoft-edge");
const app = program("Applications/Chrome");
const PATH = [join(folder, "bin"), join(folder, "more")].join(delimiter);

test("CHROME_PATH comes before every installed browser", () => {
  expect(findChromium({ env: { CHROME_PATH: mine, PATH } })).toBe(mine);
});

test("a browser in the PATH comes before the one that npm brought", () => {
  expect(findChromium({ env: { PATH }, hasPacked: true })).toBe(chromium);
  expect(findChromium({ env: { PATH: join(folder, "more") }, hasPacked: true })).toBe(edge);
});

test("a browser in its usual place counts, too", () => {
  expect(findChromium({ env: {}, programs: [join(folder, "nowhere"), app], hasPacked: true })).toBe(app);
});

test("without any other, npm's is used", () => {
  expect(findChromium({ env: { PATH: folder }, programs: [], hasPacked: true })).toBe(null);
});

test("without any, one line says what is missing and how to install it", () => {
  const find = () => findChromium({ env: { PATH: folder }, programs: [], hasPacked: false });
  expect(find).toThrow(/^The tests need a browser.*apt-get install chromium.*CHROME_PATH.*$/);
});

test("a CHROME_PATH without a file is an error, even where there are other browsers", () => {
  const find = () => findChromium({ env: { CHROME_PATH: join(folder, "gone"), PATH } });
  expect(find).toThrow(/^CHROME_PATH points to .*gone, where there is no file/);
});
