import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { frameOf, launch, payByCard, RunningShop, shopperWithCart } from "./shop.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let shop: RunningShop;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launch(), RunningShop.start()]);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** The violations that axe finds on the page, without the hosted page in the frame, which has its own tests. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ exclude: [["iframe"]] }, { iframes: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

async function shopper() {
  const page = await shopperWithCart(browser, shop);
  return page;
}

async function paid() {
  const page = await shopper();
  await page.goto(`${shop.url}/checkout`);
  await payByCard(frameOf(page));
  await page.locator("dintero-return:state(paid)").waitFor();
  await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  return { page, id: new URL(page.url()).pathname.split("/").at(-1) };
}

const pages: [string, () => Promise<Page>][] = [
  ["the products", async () => go(await shopper(), "/")],
  ["the cart", async () => go(await shopper(), "/cart")],
  ["the checkout", async () => ready(await go(await shopper(), "/checkout"))],
  ["the checkout by redirect", async () => go(await shopper(), "/checkout?mode=redirect")],
  ["the thank-you page", async () => (await paid()).page],
  ["the orders", async () => go((await paid()).page, "/orders")],
  ["the back office", async () => go((await paid()).page, "/office")],
  [
    "an order in the back office",
    async () => {
      const { page, id } = await paid();
      return go(page, `/office/${id}`);
    },
  ],
];

async function go(page: Page, path: string) {
  await page.goto(shop.url + path);
  return page;
}

async function ready(page: Page) {
  await frameOf(page).locator("#pay").waitFor();
  return page;
}

test.each(pages)(
  "%s is accessible, in light and dark mode and on the smallest phone",
  async (_name, open) => {
    const page = await open();
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
    }
    await page.context().close();
  },
);
