import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { consoleProblems, frameOf, launch, payByCard, RunningShop, shopperWithCart } from "./shop.ts";

let browser: Browser;
let shop: RunningShop;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());

describe.each([
  ["one process", () => RunningShop.start()],
  ["two processes on one database, behind one address", () => RunningShop.startTwo()],
])("%s", (_name, start) => {
  beforeEach(async () => void (shop = await start()));
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // Each order was settled once, however many callbacks, returns and page views there were.
    for (const { status, history, extras } of shop.orders()) {
      const payments = history.filter(({ text }) => text.startsWith("Paid"));
      expect(payments).toHaveLength(status === "paid" ? 1 : 0);
      expect(extras).toEqual([]);
    }
    await shop.close();
  });

  const statuses = async () => (await shop.payments()).map(({ transaction }) => transaction?.status);

  describe("from the cart to the thank-you page", () => {
    test("in the frame: the callback is verified, the order is paid, the thank-you page is shown", async () => {
      const page = await shopperWithCart(browser, shop);
      const problems = consoleProblems(page);
      await page.getByRole("link", { name: "Check out", exact: true }).click();
      await payByCard(frameOf(page));

      await page.waitForURL(/\/thanks\/order-001/);
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
      await page.locator("dintero-return:state(paid)").waitFor();
      expect(await page.locator("#order").textContent()).toMatch(/order-001[^]*299\.90/);
      await shop.untilDelivered();
      await shop.untilLogged("Callback for order-001: paid.");
      expect(await statuses()).toEqual(["AUTHORIZED"]);
      // The SDK sizes its frame by a style attribute, which the page's policy forbids; the element sizes it instead.
      expect(problems.filter((text) => !text.startsWith("Applying inline style violates"))).toEqual([]);
    });

    test("nothing on the page moves while the checkout loads", async () => {
      const page = await shopperWithCart(browser, shop);
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: "layout-shift", buffered: true });
      });
      // Long enough to see the frame that opens the connection if it were not hidden.
      await shop.control("/faults", { on: "create-session", delay: 700 });
      await page.goto(`${shop.url}/checkout`);
      await frameOf(page).locator("#pay").waitFor();
      const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(0.01);
    });

    test("by redirect", async () => {
      const page = await shopperWithCart(browser, shop);
      await page.getByRole("link", { name: "Check out", exact: true }).click();
      await page.getByRole("link", { name: "At Dintero" }).click();
      await page.locator("dintero-checkout").getByRole("button").click();
      await page.waitForURL((url) => url.origin === shop.sandbox);
      await payByCard(page);

      await page.waitForURL((url) => url.pathname === "/thanks/order-001");
      await page.locator("dintero-return:state(paid)").waitFor();
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
      expect(await statuses()).toEqual(["AUTHORIZED"]);
    });

    test("with scripts off, by a plain form", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(shop.url);
      await page.getByRole("button", { name: "Add Blue T-Shirt to cart" }).click();
      await page.getByRole("link", { name: "Check out", exact: true }).click();
      await page.getByRole("button", { name: "Pay at Dintero" }).click();
      await page.waitForURL((url) => url.origin === shop.sandbox);
    });

    test("switching between frame and redirect keeps the session", async () => {
      const page = await shopperWithCart(browser, shop);
      await page.getByRole("link", { name: "Check out", exact: true }).click();
      await frameOf(page).locator("#pay").waitFor();
      await page.getByRole("link", { name: "At Dintero" }).click();
      await page.getByRole("link", { name: "Here" }).click();
      await frameOf(page).locator("#pay").waitFor();
      expect(await shop.payments()).toHaveLength(1);
    });

    test("express: the shop answers address, shipping and discount, and the amount paid is their sum", async () => {
      const page = await shopperWithCart(browser, shop);
      await page.getByRole("link", { name: "Express checkout" }).click();
      const frame = page.frameLocator('dintero-checkout iframe[src*="sid="]');
      await frame.locator("form.address").getByRole("button", { name: "test values" }).click();
      await frame.locator("#give-address").click();
      await frame.getByText("Pick-up point").click();
      await frame.getByLabel("Discount code").fill("SUMMER10");
      await frame.getByLabel("Discount code").press("Enter");
      await frame.locator("#pay", { hasText: "318.91" }).waitFor();
      await payByCard(frame);
      await page.waitForURL(/\/thanks\/order-001/);
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
      expect(await page.locator("#order").textContent()).toMatch(/318\.91/);
    });
  });

  describe("the callback", () => {
    test("may arrive before the return", async () => {
      await shop.control("/faults", { callback: { beforeReturn: true } });
      const page = await shopperWithCart(browser, shop);
      await page.goto(`${shop.url}/checkout`);
      await payByCard(frameOf(page));
      await page.waitForURL(/\/thanks\//);
      await page.locator("dintero-return:state(paid)").waitFor();
      await shop.untilLogged("Callback for order-001: paid.");
    });

    test("may arrive after the return", async () => {
      await shop.control("/faults", { callback: { delay: 600_000 } });
      const page = await shopperWithCart(browser, shop);
      await page.goto(`${shop.url}/checkout`);
      await payByCard(frameOf(page));
      await page.waitForURL(/\/thanks\//);
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
      expect(shop.console()).not.toContain("Callback");
      await shop.control("/deliveries/hurry", {});
      await shop.untilDelivered();
      await shop.untilLogged("Callback for order-001: paid.");
      expect(await statuses()).toEqual(["AUTHORIZED"]);
    });

    test("may never arrive", async () => {
      await shop.control("/faults", { callback: { never: true } });
      const page = await shopperWithCart(browser, shop);
      await page.goto(`${shop.url}/checkout`);
      await payByCard(frameOf(page));
      await page.locator("dintero-return:state(paid)").waitFor();
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
    });

    test("is enough when the shopper never returns", async () => {
      const page = await shopperWithCart(browser, shop);
      await page.goto(`${shop.url}/checkout`);
      await frameOf(page).locator("#pay").waitFor();
      await page.close();
      await shop.perform("pay");
      await shop.untilDelivered();
      await shop.untilLogged("Callback for order-001: paid.");
    });
  });
});
