// The back office, where Dintero accepts captures and refunds (202) and does them later.
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { frameOf, launch, payByCard, RunningShop, shopperWithCart } from "./shop.ts";

let browser: Browser;
let shop: RunningShop;
let page: Page;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
beforeEach(async () => {
  shop = await RunningShop.start();
  page = await shopperWithCart(browser, shop);
  await page.getByRole("link", { name: "Check out", exact: true }).click();
  await payByCard(frameOf(page));
  await page.waitForURL(/\/thanks\/order-001/);
  await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await shop.close();
});

const accept = (on: string, fails: boolean) =>
  shop.control("/faults", { on, accepted: { after: 3_600_000, fails }, times: 1 });
const button = (name: string) => page.getByRole("button", { name });

/** Opens the order again, until the shop has read what Dintero did. */
async function reads(text: string | RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(`${shop.url}/office/order-001`);
        return page.locator("main").innerText();
      },
      { timeout: 20_000 },
    )
    .toMatch(text);
}

test.each([false, true])(
  "a capture that is accepted and ends later (fails: %s) moves money once",
  async (fails) => {
    await accept("capture", fails);
    await page.goto(`${shop.url}/office/order-001`);
    await button("Ship and capture").click();
    await page.getByText("Accepted by Dintero, to be done later.").waitFor();
    await page.getByText("is accepted by Dintero, and not done yet").waitFor();
    expect(await button("Ship and capture").count()).toBe(0);
    expect(await button("Void the payment").count()).toBe(0);

    await shop.perform("complete");
    await reads(fails ? /capture of .* failed/ : /CAPTURED/);
    if (fails) {
      await button("Ship and capture").click();
      await page.getByText("Captured.", { exact: true }).waitFor();
    }
    expect(await button("Ship and capture").count()).toBe(0);
    expect(shop.orders()[0]?.payment?.captured).toBe(29990);
  },
);

test.each([false, true])(
  "a refund that is accepted and ends later (fails: %s) moves money once",
  async (fails) => {
    await page.goto(`${shop.url}/office/order-001`);
    await button("Ship and capture").click();
    await page.getByText("Captured.", { exact: true }).waitFor();
    await accept("refund", fails);
    await button("Take back and refund").click();
    await page.getByText("is accepted by Dintero, and not done yet").waitFor();
    expect(await button("Take back and refund").count()).toBe(0);

    await shop.perform("complete");
    await reads(fails ? /refund of .* failed/ : /REFUNDED/);
    if (fails) {
      await button("Take back and refund").click();
      await page.getByText("Refunded.", { exact: true }).waitFor();
    }
    expect(shop.orders()[0]?.payment?.refunded).toBe(29990);
  },
);
