import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SessionRequest } from "../../../src/dintero/session.ts";
import { merchant } from "../merchant.ts";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall, messagesOfType } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

/** Dintero's page at the top level, which is enough to check the methods offered. */
async function open(session: Partial<SessionRequest>): Promise<Page> {
  const { id } = await on.order(session);
  const page = await on.visit();
  await page.goto(`${on.checkout}/?sid=${id}`);
  await page.waitForSelector("#pay");
  return page;
}

const offered = (page: Page) =>
  page.$$eval("[name=method]", (inputs) => inputs.map((each) => (each as HTMLInputElement).value));

const order = (currency: string, country?: string): Partial<SessionRequest> => ({
  order: {
    ...{ amount: 10000, currency, merchant_reference: "order-002" },
    ...(country !== undefined && { billing_address: { country } }),
  },
});

test.each([
  ["NOK", undefined, ["Card", "Vipps", "Klarna", "Invoice", "Apple Pay", "Google Pay"], "dintero_psp.vipps"],
  ["SEK", undefined, ["Card", "Swish", "Klarna", "Invoice", "Apple Pay", "Google Pay"], "swish.swish"],
  ["DKK", "DK", ["Card", "MobilePay", "Klarna", "Invoice", "Apple Pay", "Google Pay"], "payex.mobilepay"],
  ["EUR", "DE", ["Card", "Klarna", "Apple Pay", "Google Pay"], "klarna.klarna"],
  ["NOK", "US", ["Card", "Apple Pay", "Google Pay"], "dintero_psp.applepay"],
  ["USD", undefined, ["Card", "Apple Pay", "Google Pay"], "dintero_psp.googlepay"],
])("%s, country %s: offers %j", async (currency, country, names, type) => {
  const page = await open(order(currency, country));
  expect(await offered(page)).toContain(type);
  // Each name is followed by a hint of its own element.
  const shown = await page.locator(".method .name").evaluateAll((found) =>
    found.map((each) =>
      [...each.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ textContent }) => textContent)
        .join("")
        .trim(),
    ),
  );
  expect(shown).toEqual(names);
});

test("only methods that the configuration enables are offered", async () => {
  const configuration = {
    payex: { creditcard: { enabled: true } },
    instabank: { finance: { enabled: true } },
    vipps: { enabled: false },
  };
  const page = await open({ configuration });
  expect((await offered(page)).toSorted()).toEqual(["instabank.finance", "payex.creditcard"]);
  await page.getByText("instabank.finance").waitFor();
});

test.each(["klarna.klarna", "dintero_psp.applepay", "dintero_psp.googlepay", "collector.invoice"])(
  "%s pays, and the transaction has its name",
  async (type) => {
    const session = await on.order();
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await frame.check(`[name=method][value="${type}"]`);
    if (await frame.locator("#test-values").count()) await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    expect(on.sandbox.sessions.find(session)?.transaction?.payment_product_type).toBe(type);
  },
);

test("an order of 0 is paid as dintero.zero where that is enabled", async () => {
  const nothing = { order: { amount: 0, currency: "NOK", merchant_reference: "order-0" } };
  const page = await open({ ...nothing, configuration: { dintero: { zero: { enabled: true } } } });
  expect(await offered(page)).toEqual(["dintero.zero"]);
  await page.getByText("Nothing to pay").waitFor();
});

describe("saved cards", () => {
  const configuration = { payex: { creditcard: { enabled: true, generate_payment_token: true } } };

  /** Pays a session that saves its card, and returns the card as the merchant's server reads it. */
  async function saveCard(): Promise<string> {
    const session = await on.order({ configuration });
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await frame.getByText("Your card is saved for later payments").waitFor();
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    const { id } = on.sandbox.transactions.of(on.sandbox.sessions.require(session));
    const call = await merchant(on.sandbox);
    const { body } = await call("GET", `/transactions/${id}?includes=card.payment_token`);
    return body.card.payment_token;
  }

  test("a session that names a customer's token offers the saved card first, and it pays without a form", async () => {
    const payment_token = await saveCard();
    const session = await on.order({
      profile_id: "payex",
      customer: { tokens: { "payex.creditcard": { payment_token } } },
    });
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    const saved = frame.locator("[data-saved-card]");
    expect(await saved.isChecked()).toBe(true);
    await frame.getByText("Visa").first().waitFor();
    await frame.getByText("Saved card, expires 12/2034").waitFor();
    expect(await frame.locator("[name=number]").count()).toBe(0);
    expect(await frame.content()).not.toContain(payment_token);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
    expect(on.sandbox.sessions.find(session)?.transaction?.card?.masked_pan).toContain("0004");
  });

  test("a new card can be used instead", async () => {
    const payment_token = await saveCard();
    const session = await on.order({
      profile_id: "payex",
      customer: { tokens: { "payex.creditcard": { payment_token } } },
    });
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await frame.check('[name=method][value="payex.creditcard"]');
    await frame.waitForSelector("[name=number]");
    const types = (await messagesOfType(page, "ActivePaymentProductType", 2)).map(
      (each) => each.payment_product_type,
    );
    expect(types).toEqual(["payex.creditcard", "payex.creditcard"]);
  });

  test("a page that only saves a card shows no amount, but that no money is taken", async () => {
    const session = await on.order();
    on.sandbox.sessions.require(session).savesCardOnly = "payex.creditcard";
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await frame.getByRole("heading", { name: /^Save a card at/ }).waitFor();
    await frame.getByText("No money is taken").waitFor();
    expect(await frame.locator(".summary").count()).toBe(0);
    await fillIn(frame);
    await frame.getByRole("button", { name: "Save card" }).click();
    await handlerCall(page, "onPayment");
  });
});
