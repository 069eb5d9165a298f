import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cancel, expire } from "../../src/sandbox/index.ts";
import { fillIn } from "../support/fill-in.ts";
import { answer, checkoutFrame, heard, nextMessage, sdk, told } from "./support/merchant-page.ts";
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
    expect((await told(page, "onSessionLocked")).pay_lock_id).toBeTruthy();
    expect(await frame.isDisabled("#pay")).toBe(true);
    expect(await frame.isDisabled("[name=method][value=vipps]")).toBe(true);
    expect(await frame.isDisabled("[name=number]")).toBe(true);
    await frame.getByRole("status").filter({ hasText: "updating your order" }).waitFor();

    await sdk(page, "refreshSession");
    expect(await frame.isDisabled("#pay")).toBe(true);

    on.update(session);
    await sdk(page, "refreshSession");
    expect(await frame.isEnabled("#pay")).toBe(true);
    const [still, then] = await heard(page, "SessionUpdated");
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

  test("a refused lock is told as failed, and paying stays possible", async () => {
    on.sandbox.faults.add({ on: "lock", status: 409 });
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await expect(sdk(page, "lockSession")).rejects.toThrow("SessionLockFailed");
    await told(page, "onSessionLockFailed");
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("refreshing a session that is gone is told as not found", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await page.evaluate(() => window.checkout.lockSession());
    // its time runs out and nobody says so: the refresh is what finds it
    const { sessions } = on.sandbox;
    sessions.change(sessions.require(session), { expires_at: new Date().toISOString() });
    await expect(sdk(page, "refreshSession")).rejects.toThrow("SessionNotFound");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });
});

describe("validation before the payment", () => {
  test("the page asks, waits, and pays when the merchant's page says yes", async () => {
    const page = await on.embed(await on.order(), { validate: true });
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    expect((await told(page, "onValidateSession")).session).toMatchObject({ order: { amount: 29990 } });
    await frame.getByRole("status").filter({ hasText: "checking your order" }).waitFor();
    expect(await heard(page, "SessionPaymentAuthorized")).toHaveLength(0);
    await answer(page, { success: true });
    await told(page, "onPayment");
  });

  test("a refusal is shown in the merchant's words, as text, and nothing is paid", async () => {
    const page = await on.embed(await on.order(), { validate: true });
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await told(page, "onValidateSession");
    await answer(page, { success: false, clientValidationError: "<b>Sold</b> out" });
    await frame.getByRole("alert").filter({ hasText: "<b>Sold</b> out" }).waitFor();
    expect(await heard(page, "SessionPaymentAuthorized")).toHaveLength(0);
    expect(await frame.getAttribute("#pay", "aria-disabled")).toBe("false");
  });

  test("without a handler in the merchant's page nothing is asked", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await told(page, "onPayment");
    expect(await heard(page, "ValidateSession")).toHaveLength(0);
  });
});

describe("other words of the merchant's page", () => {
  test("setActivePaymentProductType chooses the method, and it is told", async () => {
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await page.evaluate(() => window.checkout.setActivePaymentProductType("vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isChecked("[name=method][value=vipps]")).toBe(true);
    await page.evaluate(() => window.checkout.setActivePaymentProductType());
    await frame.waitForSelector("[name=phone]", { state: "detached" });
    const told = await heard(page, "ActivePaymentProductType", 3);
    expect(told.map((each) => each.payment_product_type)).toEqual(["payex.creditcard", "vipps", undefined]);
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

  test("another window, and another session's messages, are not listened to", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await page.evaluate(() => {
      const frame = document.querySelector("iframe")?.contentWindow;
      frame?.postMessage({ type: "LockSession", sid: "T12345678.other" }, "*");
    });
    await frame.evaluate((sid) => window.postMessage({ type: "LockSession", sid }, "*"), session.id);
    // of the merchant's own origin too
    await page.evaluate((sid) => {
      const checkout = document.querySelector("iframe")?.contentWindow;
      const other = document.body.appendChild(document.createElement("iframe")).contentWindow;
      const script = other!.document.createElement("script");
      script.text = `window.say = (to, message) => to.postMessage(message, "*")`;
      other!.document.body.append(script);
      (other as unknown as { say(to: unknown, message: unknown): void }).say(checkout, {
        type: "LockSession",
        sid,
      });
    }, session.id);
    await page.evaluate(() => window.checkout.setActivePaymentProductType("vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isEnabled("#pay")).toBe(true);
    expect(await heard(page, "SessionLocked")).toHaveLength(0);
  });
});

describe("what happens elsewhere while the page is open", () => {
  test("an outcome in another tab is told as the session's own", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await cancel(session);
    await told(page, "onSessionCancel");
  });

  test("expiry is told as not found", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await expire(session);
    await told(page, "onSessionNotFound");
  });

  test("the session's own time ends it", async () => {
    const page = await on.visit();
    await page.clock.install();
    const { id: sid } = await on.order({ expires_at: new Date(Date.now() + 600_000).toISOString() });
    const options = { sid, endpoint: on.checkout };
    await page.evaluate((given) => window.start(given, ["onSession", "onSessionNotFound"]), options);
    await told(page, "onSession");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
    await page.clock.fastForward(601_000);
    await told(page, "onSessionNotFound");
  });

  test("a session without an order is told as it is, and shown as expired", async () => {
    on.sandbox.faults.add({ withoutOrder: true });
    const page = await on.embed(await on.order());
    expect((await told(page, "onSession")).session).not.toHaveProperty("order");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });

  test("any message the sandbox wants is posted", async () => {
    const session = await on.order();
    const page = await on.embed(session);
    await checkoutFrame(page);
    await on.control(`sessions/${session.id}/post`, { message: { type: "ScrollToTop", because: "asked" } });
    expect(await nextMessage(page, "ScrollToTop")).toMatchObject({ because: "asked" });
  });
});

describe("faults that the page plays", () => {
  test("silent: the page draws itself and says nothing", async () => {
    on.sandbox.faults.add({ page: { silent: true } });
    const page = await on.embed(await on.order());
    const frame = await checkoutFrame(page);
    await frame.evaluate(() => document.querySelector<HTMLElement>("[name=method][value=vipps]")?.click());
    await frame.waitForSelector("[name=phone]", { state: "attached" });
    expect(await page.evaluate(() => window.messages)).toEqual([]);
  });

  test("duplicate: each message comes twice", async () => {
    on.sandbox.faults.add({ page: { duplicate: true } });
    const page = await on.embed(await on.order());
    await checkoutFrame(page);
    await told(page, "onSession");
    expect(await heard(page, "SessionLoaded", 2)).toHaveLength(2);
  });

  test("reorder: of two messages the later one comes first", async () => {
    on.sandbox.faults.add({ page: { reorder: true, mute: ["HeightChanged"] } });
    const page = await on.embed(await on.order());
    await told(page, "onSession");
    const types = (await page.evaluate(() => window.messages)).map((message) => message.type);
    expect(types).toEqual(["ActivePaymentProductType", "SessionLoaded"]);
  });

  test("mute: a type of message never comes", async () => {
    on.sandbox.faults.add({ page: { mute: ["SessionLoaded"] } });
    const page = await on.embed(await on.order());
    await checkoutFrame(page);
    await told(page, "onActivePaymentType");
    expect(await heard(page, "SessionLoaded")).toHaveLength(0);
  });
});
