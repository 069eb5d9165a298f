import type { Frame, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
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
afterEach(() => on.tidy());
afterAll(() => on.close());

const button = "#dintero-checkout-sdk-launch-pop-out";
const backdrop = "#dintero-checkout-sdk-backdrop";

/** Opens the window with the button that the SDK places over the frame. */
async function openWindow(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.click(button)]);
  return popup;
}

/** Blocks the frame's own events, so that everything reported comes from the window. */
const blockFrameEvents = async (page: Page): Promise<void> =>
  void (await page.route("**/_sandbox/page/sessions/*/events*", () => {}));

/** Waits until the button covers the space that the frame reserves for it. */
async function coversSlot(page: Page, frame: Frame): Promise<void> {
  const distance = async (): Promise<number> => {
    const [slot, launcher] = [frame.locator("#launcher-slot"), page.locator(button)];
    const [reserved, covered] = [await slot.boundingBox(), await launcher.boundingBox()];
    if (!reserved || !covered) return Infinity;
    return Math.max(
      ...(["x", "y", "width"] as const).map((side) => Math.abs(reserved[side] - covered[side])),
    );
  };
  await expect.poll(distance, { timeout: 20_000 }).toBeLessThan(5);
}

describe("the frame", () => {
  test("has the SDK show a button, in place and in the page's language", async () => {
    const page = await on.embed(await on.order(), { popOut: true, language: "sv" });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    expect(await page.innerText(button)).toBe("Öppna säkert betalningsfönster");
    await coversSlot(page, frame);
    expect(await nextMessage(page, "ShowPopOutButton")).toMatchObject({
      focusLabel: "Visa betalningsfönstret",
      closeLabel: "Stäng betalningsfönstret",
      descriptionLabel: "Ser du inte betalningsfönstret?",
      disabled: "false",
      language: "sv",
      stylesHover: expect.any(Object),
      stylesFocusVisible: expect.any(Object),
    });
  });

  test("moves the button when the page is resized", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    await coversSlot(page, frame);
    const before = (await messagesOfType(page, "ShowPopOutButton")).length;
    await page.setViewportSize({ width: 340, height: 700 });
    await messagesOfType(page, "ShowPopOutButton", before + 1);
    await coversSlot(page, frame);
  });

  test("disables the button while the session is locked", async () => {
    const session = await on.order();
    const page = await on.embed(session, { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    await sdk(page, "lockSession");
    await page.waitForSelector(`${button}:disabled`);
    on.update(session);
    await sdk(page, "refreshSession");
    await page.waitForSelector(`${button}:enabled`);
  });

  test("removes the button when it is cancelled", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    await frame.click("#cancel");
    await handlerCall(page, "onSessionCancel");
    await page.waitForSelector(button, { state: "detached" });
    expect(await messagesOfType(page, "HidePopOutButton")).toHaveLength(1);
  });

  test("shows that the window could not be opened", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.click(button);
    await frame.getByRole("alert").filter({ hasText: "could not be opened" }).waitFor();
  });
});

describe("the window", () => {
  test("reports AppLoaded, loads the session and pays; the SDK closes it", async () => {
    const session = await on.order();
    const page = await on.embed(session, { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    expect(await nextMessage(page, "AppLoaded")).toMatchObject({
      context: "popOut",
      sid: session.id,
    });
    await page.waitForSelector(backdrop);
    await frame.getByRole("status").filter({ hasText: "in the window that opened" }).waitFor();
    await blockFrameEvents(page);
    await popup.click("#test-values");
    await popup.click("#pay");
    const event = await handlerCall(page, "onPayment");
    expect(event).toMatchObject({ type: "SessionPaymentAuthorized", context: "popOut" });
    if (!popup.isClosed()) await popup.waitForEvent("close");
    await page.waitForSelector(button, { state: "detached" });
  });

  test("after the payment the button stays hidden, however slow the result page is", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    await page.route("**/embedResult/**", () => {});
    const popup = await openWindow(page);
    await popup.click("#test-values");
    await popup.click("#pay");
    await handlerCall(page, "onPayment");
    // The SDK reports to the frame that the window is closed, and the frame answers by hiding the button again.
    await nextMessage(page, "HidePopOutButton");
    expect(await page.locator(button).count()).toBe(0);
    const types = await page.evaluate(() => window.messages.map((each) => each.type));
    expect(types.slice(types.indexOf("SessionPaymentAuthorized"))).not.toContain("ShowPopOutButton");
  });

  test("reports neither height nor scrolling, which concern only the frame", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await blockFrameEvents(page);
    await popup.click("#test-values");
    await popup.click("#pay");
    await handlerCall(page, "onPayment");
    const types = await page.evaluate(() =>
      window.messages.filter((each) => each.context === "popOut").map((each) => each.type),
    );
    expect(types).toEqual([
      "AppLoaded",
      "SessionLoaded",
      "ActivePaymentProductType",
      "SessionPaymentAuthorized",
    ]);
  });

  test("a language chosen in it also applies to the frame and the button", async () => {
    const page = await on.embed(await on.order(), { popOut: true, language: "en" });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await popup.selectOption("#language", "no");
    await frame.getByRole("heading", { name: "Du betaler i et eget vindu" }).waitFor();
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent === "Åpne sikkert betalingsvindu",
      button,
    );
  });

  test("after the shopper closes it, the button can be used again", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await page.waitForSelector(backdrop);
    await page.waitForSelector(`${button}:disabled`);
    await popup.close();
    await page.waitForSelector(backdrop, { state: "detached" });
    await page.waitForSelector(`${button}:enabled`);
    // The SDK enables the button itself, before the frame is notified.
    await frame.getByText("in the window that opened").waitFor({ state: "detached" });
  });

  test("reopened before the frame has read why it closed, it counts as open", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const first = await openWindow(page);
    await frame.getByText("in the window that opened").waitFor();
    let continueRequest = (): void => {};
    let reportRequest = (): void => {};
    const requested = new Promise<void>((resolve) => (reportRequest = resolve));
    await page.route("**/_sandbox/page/sessions/*", (route) => {
      continueRequest = () => void route.continue();
      reportRequest();
    });
    await first.close();
    await requested;
    await page.waitForSelector(`${button}:enabled`);
    await frame.getByText("in the window that opened").waitFor({ state: "detached" });
    const second = await openWindow(page);
    await frame.getByText("in the window that opened").waitFor();
    await page.waitForSelector(`${button}:disabled`);
    const read = page.waitForResponse("**/_sandbox/page/sessions/*");
    continueRequest();
    await (await read).finished();
    await page.unroute("**/_sandbox/page/sessions/*");
    await blockFrameEvents(page);
    await second.click("#test-values");
    await second.click("#pay");
    expect(await handlerCall(page, "onPayment")).toMatchObject({ context: "popOut" });
    expect((await messagesOfType(page, "ShowPopOutButton")).at(-1)).toMatchObject({ disabled: "true" });
  });

  test("lock and refresh reach frame and window", async () => {
    const session = await on.order();
    const page = await on.embed(session, { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await page.waitForSelector(backdrop);
    await popup.waitForSelector("#pay:enabled");
    await sdk(page, "lockSession");
    await popup.waitForSelector("#pay:disabled");
    on.update(session);
    await sdk(page, "refreshSession");
    await popup.waitForSelector("#pay:enabled");
  });

  test("the active method can be set in it", async () => {
    const page = await on.embed(await on.order(), { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await page.waitForSelector(backdrop);
    await popup.waitForSelector("#pay");
    await page.evaluate(() => window.checkout.setActivePaymentProductType("dintero_psp.vipps"));
    await popup.waitForSelector("[name=phone]");
  });

  test("with a page that validates, it shows a loader until the order is approved", async () => {
    const page = await on.embed(await on.order(), { popOut: true, validate: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await popup.getByText("Waiting for the shop").waitFor();
    await handlerCall(page, "onValidateSession");
    await frame.getByRole("status").filter({ hasText: "checking your order" }).waitFor();
    expect(await popup.locator("#pay").count()).toBe(0);
    await answer(page, { success: true });
    await popup.click("#test-values");
    await popup.click("#pay");
    await handlerCall(page, "onPayment");
  });

  test("a refused order closes it, and the frame explains why", async () => {
    const page = await on.embed(await on.order(), { popOut: true, validate: true });
    const frame = await checkoutFrame(page, "#launcher-slot");
    await page.waitForSelector(button);
    const popup = await openWindow(page);
    await handlerCall(page, "onValidateSession");
    await answer(page, { success: false, clientValidationError: "Sold out" });
    if (!popup.isClosed()) await popup.waitForEvent("close");
    await frame.getByRole("alert").filter({ hasText: "Sold out" }).waitFor();
    await page.waitForSelector(`${button}:enabled`);
  });
});
