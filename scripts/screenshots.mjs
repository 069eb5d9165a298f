// npm run screenshots: what people see, on a phone and a desktop, light and dark, as PNG files in screenshots/: every
// story of Storybook (all panels of both elements), its docs, the demo shop, Dintero's hosted page and the sandbox's
// console. `-- shop` takes only those whose name contains the word. Needs storybook-static/.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright";
import { preview } from "vite";
import { readSettings } from "../demo/settings.ts";
import { start } from "../demo/start.ts";
import { chromium } from "../test/support/browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = mkdtempSync(join(tmpdir(), "screenshots-"));
mkdirSync(`${root}screenshots`, { recursive: true });

const demo = await start(readSettings({ PORT: "0", SANDBOX_PORT: "0" }, data), { log: () => {} });
const storybook = await preview({
  ...{ configFile: false, appType: "mpa", logLevel: "warn" },
  ...{ build: { outDir: `${root}storybook-static` }, preview: { port: 0, host: "127.0.0.1" } },
});

const checkoutFrame = (page) => page.frameLocator('dintero-checkout iframe[src*="sid="]');

async function openCheckout(page, path = "/checkout") {
  for (const name of ["Blue T-Shirt", "Enamel Mug"]) {
    await page.goto(demo.url);
    await page.getByRole("button", { name: `Add ${name} to cart` }).click();
    await page.waitForURL("**/cart");
  }
  await page.goto(demo.url + path);
}

async function pay(page, outcome = "authorized") {
  await openCheckout(page);
  await checkoutFrame(page).locator("#test-values").click();
  await checkoutFrame(page).locator(`[name=outcome][value=${outcome}]`).check();
  await checkoutFrame(page).locator("#pay").click();
  await page.waitForURL("**/thanks/**");
  await page.locator("#order").waitFor();
}

async function openOrderInOffice(page) {
  await pay(page);
  await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  await page.goto(`${demo.url}/office/${new URL(page.url()).pathname.split("/").at(-1)}`);
}

/** Opens Dintero's own page, without a shop around it. */
async function openHostedPage(page) {
  const response = await fetch(`${demo.sandboxUrl}/_sandbox/sessions`, { method: "POST", body: "{}" });
  const { session } = await response.json();
  await page.goto(`${demo.sandboxUrl}/v1/view/${session.id}`);
  await page.locator("#pay").waitFor();
  return session;
}

const pictures = {
  shop: (page) => page.goto(demo.url),
  "shop-cart-empty": (page) => page.goto(`${demo.url}/cart`),
  "shop-cart": (page) => openCheckout(page, "/cart"),
  async "shop-checkout"(page) {
    await openCheckout(page);
    await checkoutFrame(page).locator("#pay").waitFor();
  },
  async "shop-express"(page) {
    await openCheckout(page, "/checkout/express");
    await checkoutFrame(page).locator("form.address").waitFor();
  },
  "shop-thanks-paid": (page) => pay(page),
  "shop-thanks-on-hold": (page) => pay(page, "on_hold"),
  "shop-thanks-failed": (page) => pay(page, "declined"),
  async "shop-orders"(page) {
    await pay(page);
    await page.goto(`${demo.url}/orders`);
  },
  async "office-orders"(page) {
    await openOrderInOffice(page);
    await page.goto(`${demo.url}/office`);
  },
  "office-order": openOrderInOffice,
  "hosted-page": openHostedPage,
  async "hosted-page-errors"(page) {
    await openHostedPage(page);
    await page.locator("#pay").click();
    await page.getByRole("alert").waitFor();
  },
  async "hosted-page-expired"(page) {
    const { id } = await openHostedPage(page);
    await fetch(`${demo.sandboxUrl}/_sandbox/sessions/${id}/expire`, { method: "POST" });
    await page.getByRole("heading", { name: "expired" }).waitFor();
  },
  async "sandbox-console"(page) {
    await pay(page);
    await page.goto(demo.sandboxUrl);
  },
  "storybook-start": (page) => page.goto(storybook.resolvedUrls.local[0]),
};
for (const { id, type } of Object.values(readJson("storybook-static/index.json").entries)) {
  pictures[`storybook-${id}`] = async (page) => {
    const viewMode = type === "docs" ? "docs" : "story";
    await page.goto(`${storybook.resolvedUrls.local[0]}iframe.html?id=${id}&viewMode=${viewMode}`);
    if (type === "docs") await page.locator(".sbdocs-content h1").first().waitFor();
    else await page.waitForFunction(() => window.__STORYBOOK_PREVIEW__?.currentRender?.phase === "finished");
  };
}

function readJson(path) {
  return JSON.parse(readFileSync(root + path, "utf8"));
}

/** Frames report their height once they are drawn: resolves when nothing grows or shrinks any more. */
async function settledHeight(page) {
  let height = -1;
  for (let unchanged = 0; unchanged < 4; await page.waitForTimeout(60)) {
    const now = await page.evaluate(() => document.documentElement.scrollHeight);
    unchanged = now === height ? unchanged + 1 : 0;
    height = now;
  }
  return Math.min(Math.max(height, 600), 6000);
}

async function takePictures(browser, name, open) {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB" });
  try {
    const page = await context.newPage();
    await open(page);
    for (const width of [320, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height: 600 });
        await page.emulateMedia({ colorScheme });
        // of a frame of another site only what is in the viewport is drawn
        await page.setViewportSize({ width, height: await settledHeight(page) });
        await settledHeight(page);
        await page.screenshot({
          path: `${root}screenshots/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
    }
  } catch (error) {
    process.exitCode = 1;
    console.error(`✘ ${name}: ${error.message}`);
  } finally {
    await context.close();
  }
}

const browser = await engine.launch(await chromium());
for (const [name, open] of Object.entries(pictures)) {
  if (name.includes(process.argv[2] ?? "")) await takePictures(browser, name, open);
}
await browser.close();
await storybook.close();
await demo.close();
rmSync(data, { recursive: true, force: true });
