import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { frameOf, launch, payByCard, RunningShop, shopperWithCart } from "./shop.ts";

let browser: Browser;
let shop: RunningShop;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
beforeEach(async () => void (shop = await RunningShop.start()));
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await shop.close();
});

describe("other results on the thank-you page", () => {
  test.each(["declined", "unauthorized", "failed"])(
    "%s: not paid, with a link back to the cart",
    async (outcome) => {
      const page = await shopperWithCart(browser, shop);
      await page.goto(`${shop.url}/checkout`);
      await payByCard(frameOf(page), outcome);
      await page.waitForURL(/\/thanks\//);
      await page.locator("dintero-return:state(failed)").waitFor();
      expect(await page.locator("#order .badge").textContent()).toMatch(/Not paid|Payment failed/);
      await page.locator("dintero-return").getByRole("link").click();
      await page.waitForURL(`${shop.url}/cart`);
      // The next attempt gets a new session and is paid.
      await page.getByRole("link", { name: "Check out", exact: true }).click();
      await payByCard(frameOf(page));
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
    },
  );

  test("cancelled, with a link back to the cart", async () => {
    const page = await shopperWithCart(browser, shop);
    await page.goto(`${shop.url}/checkout`);
    await frameOf(page).locator("#cancel").click();
    await page.waitForURL(/\/thanks\//);
    await page.locator("dintero-return:state(cancelled)").waitFor();
    expect(await page.locator("#order .badge").textContent()).toBe("Not paid");
  });

  test("on hold, and paid as soon as Dintero authorizes it", async () => {
    const page = await shopperWithCart(browser, shop);
    await page.goto(`${shop.url}/checkout`);
    await payByCard(frameOf(page), "on_hold");
    await page.waitForURL(/\/thanks\//);
    await page.locator("dintero-return:state(on-hold)").waitFor();
    await page.locator("#order .badge", { hasText: "On hold" }).waitFor();
    await shop.perform("release", { status: "AUTHORIZED" });
    await page.locator("dintero-return:state(paid)").waitFor();
    await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  });

  test("pending while Dintero cannot be reached, and paid when it can", async () => {
    const page = await shopperWithCart(browser, shop);
    await page.goto(`${shop.url}/checkout`);
    await frameOf(page).locator("#pay").waitFor();
    await shop.control("/faults", { callback: { never: true } });
    await shop.control("/faults", { on: "get-transaction", status: 503 });
    await page.goto("about:blank");
    const { outcome } = await shop.perform("pay");
    const answered = page.waitForResponse((answer) => answer.url().includes("/api/checkout/status"));
    await page.goto(outcome!.href);
    expect(await (await answered).json()).toMatchObject({ status: "pending" });
    expect(await page.locator("#order .badge").textContent()).toBe("Not paid");
    await fetch(`${shop.sandbox}/_sandbox/faults`, { method: "DELETE" });
    await page.locator("dintero-return:state(paid)").waitFor();
    await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  });

  test("a forged transaction in the address never shows “paid”", async () => {
    const page = await shopperWithCart(browser, shop);
    await page.goto(`${shop.url}/checkout`);
    await frameOf(page).locator("#pay").waitFor();
    const answered = page.waitForResponse((answer) => answer.url().includes("/api/checkout/status"));
    await page.goto(
      `${shop.url}/thanks/order-001?transaction_id=T12345678.forged&merchant_reference=order-001`,
    );
    expect(await (await answered).json()).toMatchObject({ status: "pending" });
    expect(await page.locator("dintero-return:state(paid)").count()).toBe(0);
    expect(await page.locator("#order .badge").textContent()).toBe("Not paid");
  });
});
