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

const statuses = async () => (await shop.payments()).map(({ transaction }) => transaction?.status);

describe("two tabs", () => {
  test("with the same cart share one session and make one payment", async () => {
    const first = await shopperWithCart(browser, shop);
    const second = await first.context().newPage();
    await Promise.all([first.goto(`${shop.url}/checkout`), second.goto(`${shop.url}/checkout`)]);
    await Promise.all([frameOf(first).locator("#pay").waitFor(), frameOf(second).locator("#pay").waitFor()]);
    expect(await shop.payments()).toHaveLength(1);

    await first.bringToFront();
    await payByCard(frameOf(first));
    await first.locator("dintero-return:state(paid)").waitFor();
    await second.waitForFunction(
      () =>
        (document.querySelector("dintero-checkout") as unknown as { state: string } | null)?.state !==
        "ready",
    );
    expect(await statuses()).toEqual(["AUTHORIZED"]);
    // In a third tab, because the second may be navigating to the result.
    const third = await first.context().newPage();
    await third.goto(`${shop.url}/orders`);
    expect(await third.locator(".orders li").count()).toBe(1);
  });

  test("when the payment returns in the second one, both dispatch it once, and it is paid once", async () => {
    const first = await shopperWithCart(browser, shop);
    await first.addInitScript(() => {
      const events: string[] = [];
      Object.assign(window, { events });
      addEventListener("dintero-payment", (event) => {
        const { type, href } = event as unknown as { type: string; href: string | null };
        events.push(`${type} ${href}`);
      });
    });
    await first.goto(`${shop.url}/checkout`);
    await frameOf(first).locator("#pay").waitFor();
    // The frame of the first tab receives no outcome: the shopper pays in an app.
    await shop.control("/faults", { page: { silent: true, mute: ["SessionPaymentAuthorized"] } });
    const paid = await shop.perform("pay");

    const second = await first.context().newPage();
    await second.goto(paid.outcome!.href);
    await second.locator("dintero-return:state(paid)").waitFor();
    await first.locator("dintero-checkout:state(paid)").waitFor();
    expect(await first.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual([
      "dintero-payment null",
    ]);
    await second.reload();
    await second.locator("dintero-return:state(paid)").waitFor();
    expect(await first.evaluate(() => (window as unknown as { events: string[] }).events)).toHaveLength(1);
    expect(new URL(first.url()).pathname).toBe("/checkout");
    expect(await statuses()).toEqual(["AUTHORIZED"]);
    expect(await second.locator("#order .badge").textContent()).toBe("Paid");
  });
});
