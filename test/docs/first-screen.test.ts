// The README's first page, as a new user tries it: a file on the disk, the sandbox's command, a browser.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleProblems, frameOf, launch, payByCard } from "../e2e/shop.ts";
import { namedBlock, root } from "./blocks.ts";

const folder = mkdtempSync(join(tmpdir(), "first-screen-"));
let sandbox: ChildProcess;
let url = "";
let browser: Browser;

beforeAll(async () => {
  sandbox = spawn(process.execPath, [join(root, "dist/cli.js"), "sandbox", "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  url = await new Promise<string>((resolve, reject) => {
    sandbox.stdout!.setEncoding("utf8").once("data", (line: string) => {
      resolve((JSON.parse(line) as { url: string }).url);
    });
    sandbox.once("exit", (code) => reject(new Error(`The sandbox ended with ${code}: npm run build first.`)));
  });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  sandbox.removeAllListeners("exit").kill();
  rmSync(folder, { recursive: true, force: true });
});

const { place, code } = namedBlock("pay.html");

test(`${place} pays in the sandbox, opened from the disk`, async () => {
  expect(code).toContain("http://127.0.0.1:4242");
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/dintero-checkout-element"), "junction");
  const file = join(folder, "pay.html");
  writeFileSync(file, code.replaceAll("http://127.0.0.1:4242", url));

  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const messages = consoleProblems(page);
  await page.goto(pathToFileURL(file).href);
  await payByCard(frameOf(page));
  await page.waitForURL(`${url}/?*transaction_id=*`);
  await page.getByText("AUTHORIZED").first().waitFor();
  expect(messages).toEqual([]);
});
