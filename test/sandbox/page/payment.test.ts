import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expire } from "../../../src/sandbox/index.ts";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall, messagesOfType, nextMessage, settled } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

describe("a payment in the frame, reported by the real SDK", () => {
  test.each([
    ["authorized", "onPayment", "SessionPaymentAuthorized"],
    ["on_hold", "onPayment", "SessionPaymentOnHold"],
    ["declined", "onPaymentError", "SessionPaymentError"],
    ["failed", "onPaymentError", "SessionPaymentError"],
    ["unauthorized", "onPaymentError", "SessionPaymentError"],
  ])("%s calls %s with %s", async (outcome, handler, type) => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.check(`[name=outcome][value=${outcome}]`);
    await frame.click("#pay");
    const event = await handlerCall(page, handler);
    expect(event.type).toBe(type);
    expect(event.href).toContain("merchant_reference=order-001");
    if (handler === "onPayment") {
      expect(event.transaction_id).toBeTruthy();
      expect(event.merchant_reference).toBe("order-001");
    } else {
      expect(event.error).toBe(outcome === "unauthorized" ? "authorization" : "failed");
    }
  });

  test("cancelling calls onSessionCancel with the return url", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await frame.click("#cancel");
    expect((await handlerCall(page, "onSessionCancel")).href).toContain("error=cancelled");
  });

  test("after the outcome the frame shows the result page in the page's language", async () => {
    const page = await on.embed(await on.order(), { language: "sv" });
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    await page.frameLocator("iframe").getByRole("heading", { name: "Tack" }).waitFor();
    expect(page.frames()[1]?.url()).toContain("/embedResult/?");
  });

  test("the merchant's page is scrolled to the outcome", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    expect(await messagesOfType(page, "ScrollToTop")).toHaveLength(0);
    await frame.click("#cancel");
    await handlerCall(page, "onSessionCancel");
    expect(await messagesOfType(page, "ScrollToTop")).toHaveLength(1);
  });

  test("nothing is paid while a field is empty: the first is named and focused", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await frame.click("#pay");
    await frame.getByRole("alert").filter({ hasText: "Fill in: Card number" }).waitFor();
    expect(await frame.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("number");
    expect(await frame.getAttribute("[name=number]", "aria-invalid")).toBe("true");
  });
});

describe("messages from the frame", () => {
  test("the session is reported once, and the frame's height fits its content", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    expect((await handlerCall(page, "onSession")).session).toMatchObject({ order: { amount: 29990 } });
    expect(await messagesOfType(page, "SessionLoaded")).toHaveLength(1);
    await settled(page, frame);
  });

  test("each change of height is reported", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await settled(page, frame);
    const before = Number((await messagesOfType(page, "HeightChanged", 1)).at(-1)?.height);
    await frame.check("[name=method][value$=vipps]");
    await page.waitForFunction(
      (height) => Number(window.messages.findLast((each) => each.type === "HeightChanged")?.height) < height,
      before,
    );
  });

  test("each message has a mid and is acknowledged by the SDK", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await handlerCall(page, "onSession");
    const mids = (await page.evaluate(() => window.messages)).map((message) => message.mid);
    expect(mids.every((mid) => typeof mid === "string")).toBe(true);
    expect(new Set(mids).size).toBe(mids.length);
    await frame.waitForFunction(() => document.documentElement.dataset.unanswered === "0");
  });

  test("choosing a language is reported and changes all texts", async () => {
    const page = await on.embed(await on.order(), { language: "en" });
    const frame = await checkoutFrame(page);
    await frame.selectOption("#language", "fi");
    expect((await nextMessage(page, "LanguageChanged")).language).toBe("fi");
    await frame.getByRole("button", { name: "Maksa 299,90" }).waitFor();
    expect(await frame.getAttribute("html", "lang")).toBe("fi");
  });

  test("choosing a method is reported", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await frame.check("[name=method][value$=vipps]");
    await page.waitForFunction(() =>
      window.handlerCalls.some(
        (event) =>
          event.handler === "onActivePaymentType" && event.payment_product_type === "dintero_psp.vipps",
      ),
    );
  });

  test("an unknown and an expired session are reported as not found", async () => {
    const expired = await expire(await on.order());
    for (const session of [expired, "T12345678.unknown"]) {
      const page = await on.embed(session);
      await handlerCall(page, "onSessionNotFound");
      expect(await messagesOfType(page, "SessionLoaded")).toHaveLength(0);
      await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
    }
  });
});
