import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall, messagesOfType, sdk } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

describe("as a whole page", () => {
  test("the shopper is taken to the return url after the outcome", async () => {
    const return_url = `${on.shop}/thanks?from=checkout`;
    const session = await on.order({ url: { return_url } });
    const page = await on.visit();
    await page.goto(`${on.checkout}/v1/view/${session.id}?language=da`);
    await page.getByRole("heading", { name: "Betal til localhost" }).waitFor();
    await page.click("#test-values");
    await Promise.all([page.waitForURL(/\/thanks/), page.click("#pay")]);
    const query = new URL(page.url()).searchParams;
    expect(query.get("from")).toBe("checkout");
    expect(query.get("transaction_id")).toBeTruthy();
    expect(query.get("merchant_reference")).toBe("order-001");
  });

  test("cancelling leads to the return url too", async () => {
    const session = await on.order({ url: { return_url: `${on.shop}/thanks` } });
    const page = await on.visit();
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await Promise.all([page.waitForURL(/error=cancelled/), page.click("#cancel")]);
  });

  test("an ended session is explained, links back to the shop, and cannot be paid", async () => {
    const session = await on.order({ url: { return_url: `${on.shop}/thanks` } });
    await on.control(`sessions/${session.id}/cancel`, {});
    const page = await on.visit();
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await page.getByRole("heading", { name: "You cancelled the payment" }).waitFor();
    expect(await page.getByRole("link", { name: "Back to the shop" }).getAttribute("href")).toContain(
      "error=cancelled",
    );
    expect(await page.locator("#pay").count()).toBe(0);
  });

  test("a return url that is a script is neither followed nor linked", async () => {
    const session = await on.order({ url: { return_url: "javascript:document.title='run'" } });
    const page = await on.visit();
    const consoleMessages: string[] = [];
    page.on("console", (message) => consoleMessages.push(message.text()));
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await page.click("#cancel");
    await page.getByRole("heading", { name: "You cancelled the payment" }).waitFor();
    expect(await page.locator("a[href^=javascript]").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
    // If it had been followed, the page's content security policy would have logged a violation.
    expect(consoleMessages).toEqual([]);
  });

  test("an unknown session is explained", async () => {
    const page = await on.visit();
    await page.goto(`${on.checkout}/?sid=T12345678.unknown`);
    await page.getByRole("heading", { name: "has expired" }).waitFor();
  });
});

describe("in a frame", () => {
  test("a paid session shown again reports its outcome again", async () => {
    const session = await on.order();
    await on.control(`sessions/${session.id}/pay`, {});
    const page = await on.embed(session);
    expect((await handlerCall(page, "onPayment")).transaction_id).toBeTruthy();
  });

  test("a cancelled session shown again reports no outcome, which would redirect the shopper in a loop", async () => {
    const session = await on.order();
    await on.control(`sessions/${session.id}/cancel`, {});
    const page = await on.embed(session);
    await handlerCall(page, "onSession");
    await page.frameLocator("iframe").getByRole("heading", { name: "You cancelled" }).waitFor();
    expect(await messagesOfType(page, "SessionCancel")).toHaveLength(0);
  });

  test("ui=fullscreen is accepted and still reports its height", async () => {
    const page = await on.embed(await on.order(), { ui: "fullscreen" });
    const frame = await checkoutFrame(page);
    expect(await frame.getAttribute("html", "data-ui")).toBe("fullscreen");
    await page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 400);
  });

  test("a merchant's page that sends no referrer is supported", async () => {
    const page = await on.visit();
    await page.goto(`${on.shop}/?referrer-policy=no-referrer`);
    const session = await on.order();
    await page.evaluate(
      ([sid, endpoint]) => window.start({ sid, endpoint }, ["onSession", "onSessionLocked"]),
      [session.id, on.checkout] as const,
    );
    await handlerCall(page, "onSession");
    await sdk(page, "lockSession");
  });

  test("works where the browser forbids storage", async () => {
    const page = await on.visit();
    await page.addInitScript(() => {
      for (const name of ["sessionStorage", "localStorage"]) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("Access is denied for this document.", "SecurityError");
          },
        });
      }
    });
    const session = await on.order();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.reload();
    await page.evaluate(([sid, endpoint]) => window.start({ sid, endpoint }, ["onPayment"]), [
      session.id,
      on.checkout,
    ] as const);
    const frame = await checkoutFrame(page);
    await frame.check("[name=method][value$=vipps]");
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    expect(problems).toEqual([]);
  });

  test("logs nothing to the console", async () => {
    const page = await on.visit();
    const logged: string[] = [];
    page.on("console", (message) => logged.push(message.text()));
    page.on("pageerror", (error) => logged.push(error.message));
    const session = await on.order();
    await page.evaluate(([sid, endpoint]) => window.start({ sid, endpoint }, ["onSession", "onPayment"]), [
      session.id,
      on.checkout,
    ] as const);
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    expect(logged).toEqual([]);
  });

  test("the test ribbon stays even where the test message is hidden", async () => {
    const session = await on.order();
    const page = await on.visit();
    await page.goto(`${on.checkout}/?sid=${session.id}&hide_test_message=true`);
    await page.locator(".ribbon").getByText("Test", { exact: true }).waitFor();
    expect(await page.getByText("no money moves").count()).toBe(0);
    await page.getByRole("group", { name: "Test controls" }).waitFor();
  });
});

test.each([
  ["NOK", ["dintero_psp.creditcard", "dintero_psp.vipps"]],
  ["SEK", ["dintero_psp.creditcard", "swish.swish"]],
  ["DKK", ["dintero_psp.creditcard", "payex.mobilepay"]],
])("%s offers the payment methods of its country", async (currency, expected) => {
  const order = { amount: 10000, currency, merchant_reference: "order-002" };
  const page = await on.embed(await on.order({ order }));
  const frame = await checkoutFrame(page);
  const shown = await frame.$$eval("[name=method]", (inputs) =>
    inputs.map((each) => (each as HTMLInputElement).value),
  );
  expect(shown).toEqual(expect.arrayContaining(expected));
});

test("a page can contain more checkouts than a browser opens connections", async () => {
  const page = await on.visit();
  for (let count = 0; count < 8; count++) {
    const { id } = await on.order();
    await page.evaluate(([sid, endpoint]) => window.start({ sid, endpoint }, ["onSession"]), [
      id,
      on.checkout,
    ] as const);
  }
  await page.waitForFunction(
    () => window.handlerCalls.filter((each) => each.handler === "onSession").length === 8,
  );
});
