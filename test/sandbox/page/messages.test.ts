import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cancel, expire } from "../../../src/sandbox/index.ts";
import { fillIn } from "../../support/fill-in.ts";
import {
  answer,
  checkoutFrame,
  handlerCall,
  messagesOfType,
  nextMessage,
  sdk,
} from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => {
  vi.useRealTimers();
  return on.tidy();
});
afterAll(() => on.close());

describe("lock and refresh", () => {
  test("a lock is confirmed, and nothing can be edited or paid until a session without one is loaded", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await sdk(page, "lockSession");
    expect((await handlerCall(page, "onSessionLocked")).pay_lock_id).toBeTruthy();
    expect(await frame.isDisabled("#pay")).toBe(true);
    expect(await frame.isDisabled("[name=method][value$=vipps]")).toBe(true);
    expect(await frame.isDisabled("[name=number]")).toBe(true);
    await frame.getByRole("status").filter({ hasText: "updating your order" }).waitFor();

    await sdk(page, "refreshSession");
    expect(await frame.isDisabled("#pay")).toBe(true);

    on.update(session);
    await sdk(page, "refreshSession");
    expect(await frame.isEnabled("#pay")).toBe(true);
    const [still, then] = await messagesOfType(page, "SessionUpdated");
    expect(still?.session).toHaveProperty("pay_lock");
    expect(then?.session).not.toHaveProperty("pay_lock");
  });

  test("a session that is locked when the page opens cannot be paid before it is updated", async () => {
    const session = await on.order();
    await on.control(`sessions/${session.id}/lock`, {});
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    expect(await frame.isDisabled("#pay")).toBe(true);
    on.update(session);
    await sdk(page, "refreshSession");
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("a refused lock is reported as failed, and the session can still be paid", async () => {
    on.sandbox.faults.add({ on: "lock", status: 409 });
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await expect(sdk(page, "lockSession")).rejects.toThrow("SessionLockFailed");
    await handlerCall(page, "onSessionLockFailed");
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("refreshing an expired session reports it as not found", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await page.evaluate(() => window.checkout.lockSession());
    // It expires without an event, so that only the refresh detects it.
    const { sessions } = on.sandbox;
    sessions.change(sessions.require(session), { expires_at: new Date().toISOString() });
    await expect(sdk(page, "refreshSession")).rejects.toThrow("SessionNotFound");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });
});

describe("validation before the payment", () => {
  test("the hosted page requests validation, and pays once the merchant's page approves", async () => {
    const page = await on.embed(await on.order(), { validate: true });
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    expect((await handlerCall(page, "onValidateSession")).session).toMatchObject({
      order: { amount: 29990 },
    });
    await frame.getByRole("status").filter({ hasText: "checking your order" }).waitFor();
    expect(await messagesOfType(page, "SessionPaymentAuthorized")).toHaveLength(0);
    await answer(page, { success: true });
    await handlerCall(page, "onPayment");
  });

  test("a refusal shows the merchant's message as text, and nothing is paid", async () => {
    const page = await on.embed(await on.order(), { validate: true });
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onValidateSession");
    await answer(page, { success: false, clientValidationError: "<b>Sold</b> out" });
    await frame.getByRole("alert").filter({ hasText: "<b>Sold</b> out" }).waitFor();
    expect(await messagesOfType(page, "SessionPaymentAuthorized")).toHaveLength(0);
    expect(await frame.getAttribute("#pay", "aria-disabled")).toBe("false");
  });

  test("without a handler in the merchant's page no validation is requested", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    expect(await messagesOfType(page, "ValidateSession")).toHaveLength(0);
  });
});

describe("other messages from the merchant's page", () => {
  test("setActivePaymentProductType selects the method, and the change is reported", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await page.evaluate(() => window.checkout.setActivePaymentProductType("dintero_psp.vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isChecked("[name=method][value$=vipps]")).toBe(true);
    await page.evaluate(() => window.checkout.setActivePaymentProductType());
    await frame.waitForSelector("[name=phone]", { state: "detached" });
    const changes = await messagesOfType(page, "ActivePaymentProductType", 3);
    expect(changes.map((each) => each.payment_product_type)).toEqual([
      "dintero_psp.creditcard",
      "dintero_psp.vipps",
      undefined,
    ]);
  });

  test("SetLanguage changes the language", async () => {
    const session = await on.order();
    const page = await on.embed(session, { language: "en" });
    const frame = await checkoutFrame(page);
    await page.evaluate((sid) => {
      const message = { type: "SetLanguage", sid, language: "da" };
      document.querySelector("iframe")?.contentWindow?.postMessage(message, "*");
    }, session.id);
    expect((await nextMessage(page, "LanguageChanged")).language).toBe("da");
    await frame.getByRole("button", { name: "Betal 299,90" }).waitFor();
  });

  test("messages from another window or for another session are ignored", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await page.evaluate(() => {
      const frame = document.querySelector("iframe")?.contentWindow;
      frame?.postMessage({ type: "LockSession", sid: "T12345678.other" }, "*");
    });
    await frame.evaluate((sid) => window.postMessage({ type: "LockSession", sid }, "*"), session.id);
    // Also from another window of the merchant's own origin.
    await page.evaluate((sid) => {
      const checkout = document.querySelector("iframe")?.contentWindow;
      const other = document.body.appendChild(document.createElement("iframe")).contentWindow;
      const script = other!.document.createElement("script");
      script.text = `window.post = (to, message) => to.postMessage(message, "*")`;
      other!.document.body.append(script);
      (other as unknown as { post(to: unknown, message: unknown): void }).post(checkout, {
        type: "LockSession",
        sid,
      });
    }, session.id);
    await page.evaluate(() => window.checkout.setActivePaymentProductType("dintero_psp.vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isEnabled("#pay")).toBe(true);
    expect(await messagesOfType(page, "SessionLocked")).toHaveLength(0);
  });
});

describe("changes from elsewhere while the page is open", () => {
  test("an outcome in another tab is reported to this page", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await cancel(session);
    await handlerCall(page, "onSessionCancel");
  });

  test("expiry is reported as not found", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await expire(session);
    await handlerCall(page, "onSessionNotFound");
  });

  test("the session expires at its expires_at", async () => {
    const page = await on.visit();
    await page.clock.install();
    const { id: sid } = await on.order({ expires_at: new Date(Date.now() + 600_000).toISOString() });
    const options = { sid, endpoint: on.checkout };
    await page.evaluate((given) => window.start(given, ["onSession", "onSessionNotFound"]), options);
    await handlerCall(page, "onSession");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
    await page.clock.fastForward(601_000);
    await handlerCall(page, "onSessionNotFound");
  });

  test("a session without an order is reported unchanged, and shown as expired", async () => {
    on.sandbox.faults.add({ withoutOrder: true });
    const page = await on.embed(await on.order());
    expect((await handlerCall(page, "onSession")).session).not.toHaveProperty("order");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });

  test("the control API can post any message", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await on.control(`sessions/${session.id}/post`, {
      message: { type: "ScrollToTop", because: "requested" },
    });
    expect(await nextMessage(page, "ScrollToTop")).toMatchObject({ because: "requested" });
  });
});

describe("faults of the page's messages", () => {
  test("silent: the page renders and posts no messages", async () => {
    on.sandbox.faults.add({ page: { silent: true } });
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await frame.evaluate(() => document.querySelector<HTMLElement>("[name=method][value$=vipps]")?.click());
    await frame.waitForSelector("[name=phone]", { state: "attached" });
    expect(await page.evaluate(() => window.messages)).toEqual([]);
  });

  test("duplicate: each message is posted twice", async () => {
    on.sandbox.faults.add({ page: { duplicate: true } });
    const page = await on.embed(await on.order());
    await checkoutFrame(page);
    await handlerCall(page, "onSession");
    expect(await messagesOfType(page, "SessionLoaded", 2)).toHaveLength(2);
  });

  test("reorder: of two messages the later one is posted first", async () => {
    on.sandbox.faults.add({ page: { reorder: true, mute: ["HeightChanged"] } });
    const page = await on.embed(await on.order());
    await handlerCall(page, "onSession");
    const types = (await page.evaluate(() => window.messages)).map((message) => message.type);
    expect(types).toEqual(["ActivePaymentProductType", "SessionLoaded"]);
  });

  test("mute: a type of message is never posted", async () => {
    on.sandbox.faults.add({ page: { mute: ["SessionLoaded"] } });
    const page = await on.embed(await on.order());
    await checkoutFrame(page);
    await handlerCall(page, "onActivePaymentType");
    expect(await messagesOfType(page, "SessionLoaded")).toHaveLength(0);
  });
});
