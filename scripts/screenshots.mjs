// npm run screenshots: what people see, as PNG files under fixed names, for looking at. `-- checkout` takes those only
// whose name holds the word.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright-core";
import { readSettings } from "../demo/settings.js";
import { start } from "../demo/start.js";
import { chromium } from "../test/support/browser.mjs";
import { element } from "./screenshots/element.mjs";
import { sandbox } from "./screenshots/sandbox.mjs";
import { shop } from "./screenshots/shop.mjs";

/**
 * @typedef {object} Stage
 * @property {string} shop its origin
 * @property {string} sandbox its origin
 * @property {(path: string, body?: unknown) => Promise<any>} control the sandbox's own controls
 */

/**
 * @typedef {object} Picture
 * @property {string} name of its files
 * @property {readonly number[]} [widths] in px
 * @property {(page: import("playwright-core").Page, stage: Stage) => Promise<unknown>} show brings the page there
 */

/** @type {readonly Picture[]} */
const pictures = [...shop, ...element, ...sandbox];
const wanted = pictures.filter(({ name }) => name.includes(process.argv[2] ?? ""));

const folder = fileURLToPath(new URL("../screenshots", import.meta.url));
const data = await mkdtemp(join(tmpdir(), "screenshots-"));
await mkdir(folder, { recursive: true });

const running = await start(readSettings({ PORT: "0", SANDBOX_PORT: "0" }, data), { log: () => {} });
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
    await show(page, { shop: running.url, sandbox: running.sandboxUrl ?? "", control });
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
