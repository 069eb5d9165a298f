import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Refusal } from "../../src/sandbox/page/backend.ts";
import { answer, checkoutFrame, heard, nextMessage, sdk, told } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

describe("lock and refresh", () => {
  test("a lock is confirmed, and nothing can be edited or paid until a session without one is loaded", async () => {
    const page = await on.embed("T00000000.paid~lock");
    const frame = await checkoutFrame(page);
    await sdk(page, "lockSession");
    expect((await told(page, "onSessionLocked")).pay_lock_id).toBe("lock-1");
    expect(await frame.isDisabled("#pay")).toBe(true);
    expect(await frame.isDisabled("[name=method][value=vipps]")).toBe(true);
    expect(await frame.isDisabled("[name=number]")).toBe(true);
    await frame.getByRole("status").filter({ hasText: "updating your order" }).waitFor();

    await sdk(page, "refreshSession");
    expect(await heard(page, "SessionUpdated")).toHaveLength(1);
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("a session that is locked when the page opens cannot be paid before a refresh", async () => {
    const page = await on.embed("T00000000.locked");
    const frame = await checkoutFrame(page);
    expect(await frame.isDisabled("#pay")).toBe(true);
    await sdk(page, "refreshSession");
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("a refused lock is told as failed, and paying stays possible", async () => {
    on.session("T00000000.paid~refused").refuse.lock = new Refusal("lock_refused", "Paying has begun.");
    const page = await on.embed("T00000000.paid~refused");
    const frame = await checkoutFrame(page);
    await expect(sdk(page, "lockSession")).rejects.toThrow("SessionLockFailed");
    await told(page, "onSessionLockFailed");
    expect(await frame.isEnabled("#pay")).toBe(true);
  });

  test("refreshing a session that is gone is told as not found", async () => {
    const page = await on.embed("T00000000.paid~vanished");
    await checkoutFrame(page);
    on.session("T00000000.paid~vanished").refuse.refresh = new Refusal("session_not_found", "");
    await expect(sdk(page, "refreshSession")).rejects.toThrow("SessionNotFound");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });
});

describe("validation before the payment", () => {
  test("the page asks, waits, and pays when the merchant's page says yes", async () => {
    const page = await on.embed("T00000000.validate~yes", { validate: true });
    const frame = await checkoutFrame(page);
    await frame.click("#test-values");
    await frame.click("#pay");
    expect((await told(page, "onValidateSession")).session).toMatchObject({ order: { amount: 29990 } });
    await frame.getByRole("status").filter({ hasText: "checking your order" }).waitFor();
    expect(await heard(page, "SessionPaymentAuthorized")).toHaveLength(0);
    await answer(page, { success: true });
    await told(page, "onPayment");
  });

  test("a refusal is shown in the merchant's words, as text, and nothing is paid", async () => {
    const page = await on.embed("T00000000.validate~no", { validate: true });
    const frame = await checkoutFrame(page);
    await frame.click("#test-values");
    await frame.click("#pay");
    await told(page, "onValidateSession");
    await answer(page, { success: false, clientValidationError: "<b>Sold</b> out" });
    await frame.getByRole("alert").filter({ hasText: "<b>Sold</b> out" }).waitFor();
    expect(await heard(page, "SessionPaymentAuthorized")).toHaveLength(0);
    expect(await frame.getAttribute("#pay", "aria-disabled")).toBe("false");
  });

  test("without a handler in the merchant's page nothing is asked", async () => {
    const page = await on.embed("T00000000.validate~none");
    const frame = await checkoutFrame(page);
    await frame.click("#test-values");
    await frame.click("#pay");
    await told(page, "onPayment");
    expect(await heard(page, "ValidateSession")).toHaveLength(0);
  });
});

describe("other words of the merchant's page", () => {
  test("setActivePaymentProductType chooses the method, and it is told", async () => {
    const page = await on.embed("T00000000.paid~active");
    const frame = await checkoutFrame(page);
    await page.evaluate(() => window.checkout.setActivePaymentProductType("vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isChecked("[name=method][value=vipps]")).toBe(true);
    await page.evaluate(() => window.checkout.setActivePaymentProductType());
    await frame.waitForSelector("[name=phone]", { state: "detached" });
    const types = (await heard(page, "ActivePaymentProductType")).map((each) => each.payment_product_type);
    expect(types).toEqual(["payex.creditcard", "vipps", undefined]);
  });

  test("SetLanguage changes the language", async () => {
    const page = await on.embed("T00000000.paid~set-language", { language: "en" });
    const frame = await checkoutFrame(page);
    await page.evaluate(() => {
      const message = { type: "SetLanguage", sid: "T00000000.paid~set-language", language: "da" };
      document.querySelector("iframe")?.contentWindow?.postMessage(message, "*");
    });
    expect((await nextMessage(page, "LanguageChanged")).language).toBe("da");
    await frame.getByRole("button", { name: "Betal 299,90" }).waitFor();
  });

  test("another window, and another session's messages, are not listened to", async () => {
    const page = await on.embed("T00000000.paid~strangers");
    const frame = await checkoutFrame(page);
    await page.evaluate(() => {
      const frame = document.querySelector("iframe")?.contentWindow;
      frame?.postMessage({ type: "LockSession", sid: "T00000000.other" }, "*");
    });
    await frame.evaluate(() =>
      window.postMessage({ type: "LockSession", sid: "T00000000.paid~strangers" }, "*"),
    );
    await page.evaluate(() => window.checkout.setActivePaymentProductType("vipps"));
    await frame.waitForSelector("[name=phone]");
    expect(await frame.isEnabled("#pay")).toBe(true);
    expect(await heard(page, "SessionLocked")).toHaveLength(0);
  });
});

describe("what happens elsewhere while the page is open", () => {
  test("an outcome in another tab is told as the session's own", async () => {
    const page = await on.embed("T00000000.paid~elsewhere");
    await checkoutFrame(page);
    const { backend, happen } = on.session("T00000000.paid~elsewhere");
    happen({ type: "ended", outcome: await backend.cancel() });
    await told(page, "onSessionCancel");
  });

  test("expiry is told as not found", async () => {
    const page = await on.embed("T00000000.paid~expiry");
    await checkoutFrame(page);
    on.session("T00000000.paid~expiry").happen({ type: "expired" });
    await told(page, "onSessionNotFound");
  });

  test("the session's own time ends it, without any word of the sandbox", async () => {
    const played = on.session("T00000000.paid~time");
    const { backend } = played;
    const load = async () => {
      const view = await backend.load();
      const expires_at = new Date(Date.now() + 1500).toISOString();
      played.refuse[""] = new Refusal("session_expired", "");
      return { ...view, session: { ...view.session, expires_at } as typeof view.session };
    };
    played.backend = { ...backend, load };
    const page = await on.embed("T00000000.paid~time");
    await told(page, "onSession");
    await told(page, "onSessionNotFound");
  });

  test("a session without an order is told as it is, and shown as expired", async () => {
    const played = on.session("T00000000.paid~orderless");
    const view = await played.backend.load();
    const { order: _, ...session } = view.session;
    played.backend = { ...played.backend, load: async () => ({ ...view, session }) };
    const page = await on.embed("T00000000.paid~orderless");
    expect((await told(page, "onSession")).session).not.toHaveProperty("order");
    await page.frameLocator("iframe").getByRole("heading", { name: "has expired" }).waitFor();
  });

  test("any message the sandbox wants is posted", async () => {
    const page = await on.embed("T00000000.paid~post");
    await checkoutFrame(page);
    const message = { type: "ScrollToTop", because: "asked" };
    on.session("T00000000.paid~post").happen({ type: "post", message });
    expect(await nextMessage(page, "ScrollToTop")).toMatchObject({ because: "asked" });
  });
});

describe("faults that the page plays", () => {
  test("silent: the page draws itself and says nothing", async () => {
    const page = await on.embed("T00000000.silent");
    const frame = await checkoutFrame(page);
    await frame.evaluate(() => document.querySelector<HTMLElement>("[name=method][value=vipps]")?.click());
    await frame.waitForSelector("[name=phone]", { state: "attached" });
    expect(await page.evaluate(() => window.messages)).toEqual([]);
  });

  test("duplicate: each message comes twice", async () => {
    on.session("T00000000.paid~twice").directives = { duplicate: true };
    const page = await on.embed("T00000000.paid~twice");
    await checkoutFrame(page);
    await told(page, "onSession");
    expect(await heard(page, "SessionLoaded")).toHaveLength(2);
  });

  test("reorder: of two messages the later one comes first", async () => {
    on.session("T00000000.paid~order").directives = { reorder: true, mute: ["HeightChanged"] };
    const page = await on.embed("T00000000.paid~order");
    await told(page, "onSession");
    const types = (await page.evaluate(() => window.messages)).map((message) => message.type);
    expect(types).toEqual(["ActivePaymentProductType", "SessionLoaded"]);
  });

  test("mute: a type of message never comes", async () => {
    on.session("T00000000.paid~mute").directives = { mute: ["SessionLoaded"] };
    const page = await on.embed("T00000000.paid~mute");
    await checkoutFrame(page);
    await told(page, "onActivePaymentType");
    expect(await heard(page, "SessionLoaded")).toHaveLength(0);
  });
});
