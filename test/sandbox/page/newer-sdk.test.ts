// The hosted page with SDKs newer than 0.8.30. Their address callback is in express.test.ts.
import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, messagesOfType, nextMessage } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

describe("sdk_hostname", () => {
  /** Opens a pop-out window from a page that hides its address, and sends it a message. */
  async function openWindow(sdk_hostname: string): Promise<{ readonly page: Page; readonly popup: Page }> {
    const page = await on.visit();
    await page.goto(`${on.shop}/?referrer-policy=no-referrer`);
    const { id: sid } = await on.order();
    const query = new URLSearchParams({ role: "pop_out_payment", sid, sdk: "0.12.0", sdk_hostname });
    const [popup] = await Promise.all([
      page.waitForEvent("popup"),
      page.evaluate((url) => void window.open(url, "checkout"), `${on.checkout}/?${query}`),
    ]);
    await popup.waitForSelector("#pay");
    await page.evaluate((id) => {
      window.open("", "checkout")?.postMessage({ type: "SetLanguage", sid: id, language: "en" }, "*");
    }, sid);
    await popup.waitForSelector("html[data-unanswered]", { state: "attached" });
    return { page, popup };
  }

  test("a page of that host gets the session", async () => {
    const { page } = await openWindow("localhost");
    expect(await nextMessage(page, "SessionLoaded")).toMatchObject({ context: "popOut" });
  });

  test("a page of another host, whose address the browser hides, gets nothing about the session", async () => {
    const { page, popup } = await openWindow("shop.example");
    // Messages arrive in order, so everything posted before this one has arrived too.
    await popup.evaluate(() => (window.opener as Window).postMessage({ type: "Last" }, "*"));
    await nextMessage(page, "Last");
    expect(await page.evaluate(() => window.messages.map(({ type }) => type))).toEqual(["AppLoaded", "Last"]);
  });
});

describe("TopLevelNavigation", () => {
  test("leads the whole page to the return url when the shopper pays in an app", async () => {
    const page = await on.embedNewer(await on.order());
    const frame = await checkoutFrame(page);
    await frame.check("[name=method][value$=vipps]");
    await fillIn(frame);
    await frame.click("#pay-in-app");
    const message = await nextMessage(page, "TopLevelNavigation");
    expect(new URL(String(message.href)).searchParams.get("transaction_id")).toBeTruthy();
    expect(await messagesOfType(page, "SessionPaymentAuthorized")).toHaveLength(0);
  });

  test.each(["0.8.30", "0.10.9"])("is not offered to SDK %s, which does not support it", async (sdk) => {
    const page = await on.embedNewer(await on.order(), { sdk });
    const frame = await checkoutFrame(page);
    await frame.check("[name=method][value$=vipps]");
    await frame.waitForSelector("[name=phone]");
    expect(await frame.locator("#pay-in-app").count()).toBe(0);
  });
});

describe("session in ShowPopOutButton", () => {
  test.each(["0.11.3", "0.12.19", "1.0.0"])("SDK %s gets it", async (sdk) => {
    const session = await on.order();
    const page = await on.embedNewer(session, { sdk, role: "pop_out_launcher" });
    expect((await nextMessage(page, "ShowPopOutButton")).session).toMatchObject({ id: session.id });
  });

  test.each(["0.8.30", "0.11.2"])("SDK %s does not", async (sdk) => {
    const page = await on.embedNewer(await on.order(), { sdk, role: "pop_out_launcher" });
    expect(await nextMessage(page, "ShowPopOutButton")).not.toHaveProperty("session");
  });
});

describe("messages go to, and come from, the endpoint's origin only", () => {
  test("a message posted only to that origin arrives, and the answer comes from it", async () => {
    const session = await on.order();
    const page = await on.embedNewer(session);
    const frame = await checkoutFrame(page);
    await page.evaluate(
      ([sid, origin]) => {
        const message = { type: "LockSession", sid };
        document.querySelector("iframe")?.contentWindow?.postMessage(message, origin);
      },
      [session.id, on.checkout] as const,
    );
    await nextMessage(page, "SessionLocked");
    const posted = await page.evaluate(() => window.messages.map(({ origin }) => origin));
    expect([...new Set(posted)]).toEqual([on.checkout]);
    // Each was acknowledged to that origin.
    await frame.waitForSelector("html[data-unanswered='0']", { state: "attached" });
  });

  test("the result of a payment comes from it as well, and the frame stays on it", async () => {
    const page = await on.embedNewer(await on.order());
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    expect(await nextMessage(page, "SessionPaymentAuthorized")).toMatchObject({ origin: on.checkout });
    expect(new URL(frame.url()).origin).toBe(on.checkout);
  });
});
