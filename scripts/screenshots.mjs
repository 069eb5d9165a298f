// npm run screenshots: what people see, as PNG files under fixed names, for looking at. `-- checkout` takes those only
// whose name holds the word.
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright-core";
import { readSettings } from "../demo/settings.ts";
import { start } from "../demo/start.ts";
import { chromium } from "../test/support/browser.mjs";
import { element } from "./screenshots/element.mjs";
import { sandbox } from "./screenshots/sandbox.mjs";
import { shop } from "./screenshots/shop.mjs";
import { storybook } from "./screenshots/storybook.mjs";

/**
 * @typedef {object} Stage
 * @property {string} shop its origin
 * @property {string} sandbox its origin
 * @property {(path: string, body?: unknown) => Promise<any>} control the sandbox's own controls
 * @property {(html: string) => string} page address of a page with this in its body, on an origin that is not the shop's
 */

/**
 * @typedef {object} Picture
 * @property {string} name of its files
 * @property {readonly number[]} [widths] in px
 * @property {(page: import("playwright-core").Page, stage: Stage) => Promise<unknown>} show brings the page there
 */

/** @type {readonly Picture[]} */
const pictures = [...shop, ...element, ...sandbox, ...storybook];
const wanted = pictures.filter(({ name }) => name.includes(process.argv[2] ?? ""));

const folder = fileURLToPath(new URL("../screenshots", import.meta.url));
const data = await mkdtemp(join(tmpdir(), "screenshots-"));
await mkdir(folder, { recursive: true });

const running = await start(readSettings({ PORT: "0", SANDBOX_PORT: "0" }, data), { log: () => {} });
const blank = await blankPages();
const browser = await engine.launch(await chromium());
/** @type {string[]} */
const failed = [];
try {
  for (const picture of wanted) {
    await take(picture).catch((error) => {
      failed.push(picture.name);
      console.error(`${picture.name}: ${error.message}`);
    });
  }
} finally {
  await browser.close();
  blank.close();
  await running.close();
  await rm(data, { recursive: true, force: true });
}
console.log(
  `${wanted.length - failed.length} pictures in ${folder}${failed.length ? `, ${failed.length} failed` : ""}`,
);
process.exit(failed.length ? 1 : 0);

/** @param {Picture} picture */
async function take({ name, widths = [360, 1280], show }) {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB" });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.setViewportSize({ width: widths.at(-1) ?? 1280, height: 800 });
  await control("/faults", undefined, "DELETE");
  try {
    await show(page, { shop: running.url, sandbox: running.sandboxUrl ?? "", control, page: blank.page });
    for (const width of widths) {
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.setViewportSize({ width, height: 600 });
        await page.emulateMedia({ colorScheme });
        // Of a frame of another site only what is in sight is drawn, so all of it has to be.
        await settled(page);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.min(Math.max(height, 600), 6000) });
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
  } finally {
    await context.close();
  }
}

/** Pages that no shop's policy and style has to do with. Browsers let only a page from this machine frame the sandbox. */
async function blankPages() {
  let body = "";
  const server = createServer(async ({ url }, response) => {
    if (url === "/dintero-checkout.min.js") {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(await readFile(new URL("../dist/cdn/dintero-checkout.min.js", import.meta.url)));
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Stage</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <style>body { margin: 16px; font: 1rem/1.5 system-ui, sans-serif }</style>
      <body>${body}</body></html>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    page(/** @type {string} */ html) {
      body = html;
      return `http://localhost:${port}/`;
    },
    close: () => server.close(),
  };
}

/** Frames tell their height when they have drawn themselves: waits until nothing grows or shrinks any more. */
async function settled(/** @type {import("playwright-core").Page} */ page) {
  let height = -1;
  for (let still = 0; still < 4; await page.waitForTimeout(60)) {
    const now = await page.evaluate(() => document.documentElement.scrollHeight);
    still = now === height ? still + 1 : 0;
    height = now;
  }
}

async function control(
  /** @type {string} */ path,
  /** @type {unknown} */ body,
  method = body ? "POST" : "GET",
) {
  const answer = await fetch(`${running.sandboxUrl}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: { "content-type": "application/json" },
  });
  return answer.json();
}
