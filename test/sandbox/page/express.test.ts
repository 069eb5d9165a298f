import type { SessionRequest } from "../../../src/dintero/session.ts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Express } from "../../../src/dintero/express.ts";
import type { ShippingOption } from "../../../src/dintero/shipping-option.ts";
import type { Session } from "../../../src/sandbox/session.ts";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall, messagesOfType, nextMessage } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

const home: ShippingOption = {
  id: "home",
  line_id: "home-1",
  amount: 4900,
  vat_amount: 980,
  vat: 25,
  title: "To your door",
  delivery_method: "delivery",
  operator: "Posten",
};
const shop: ShippingOption = {
  id: "shop",
  line_id: "shop-1",
  amount: 0,
  title: "Our shop in Oslo",
  delivery_method: "pick_up",
  operator: "",
};

/** The merchant's server: ships within Norway, and accepts one discount code. */
async function merchant(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const session = (await request.json()) as Session;
  const { shipping_address, discount_codes = [] } = session.order;
  const ships = shipping_address === undefined || shipping_address.country === "NO";
  const item = session.order.items?.[0];
  const discount = discount_codes.includes("SUMMER")
    ? {
        order: {
          amount: 26991,
          items: [
            {
              ...item,
              amount: 26991,
              discount_lines: [{ amount: 2999, description: "Summer", percentage: 10 }],
            },
          ],
        },
      }
    : {};
  return Response.json({ shipping_options: ships ? [home, shop] : [], ...discount });
}

const express: Express = {
  shipping_mode: "shipping_required",
  shipping_options: [],
  shipping_address_callback_url: "https://shop.example/address",
  discount_codes: { max_count: 1, callback_url: "https://shop.example/discount" },
};

/** Codes also need to be enabled. */
const expressOrder: Partial<SessionRequest> = {
  express,
  configuration: { discounts: { express_discount_codes: { enabled: true } } },
};

let on: Stage;
beforeAll(async () => {
  on = await stage(merchant);
});
afterEach(() => on.tidy());
afterAll(() => on.close());

describe("an express session", () => {
  test("is paid after an address, a delivery option and a discount code", async () => {
    const page = await on.embed(await on.order(expressOrder));
    const frame = await checkoutFrame(page);
    await frame.click("#address-test-values");
    await frame.click("#give-address");
    await frame.check("[name=shipping][value=home-1]");
    await frame.getByRole("button", { name: "Pay NOK 348.90" }).waitFor();
    await frame.check("[name=shipping][value=shop-1]");
    await frame.getByRole("button", { name: "Pay NOK 299.90" }).waitFor();
    await frame.fill("[name=code]", "SUMMER");
    await frame.getByRole("button", { name: "Apply" }).click();
    await frame.getByRole("button", { name: "Pay NOK 269.91" }).waitFor();
    await frame.getByText("Summer −NOK 29.99").waitFor();
    const updated = async () => (await messagesOfType(page, "SessionUpdated")).at(-1)?.session;
    const order = { amount: 26991, shipping_option: { id: "shop" } };
    await expect.poll(updated, { timeout: 20_000 }).toMatchObject({ order });

    await fillIn(frame);
    await frame.click("#pay");
    expect((await handlerCall(page, "onPayment")).transaction_id).toBeTruthy();
  });

  test("is not paid before an address and a delivery option are set, and explains why", async () => {
    const page = await on.embed(await on.order(expressOrder));
    const frame = await checkoutFrame(page);
    await fillIn(frame);
    await frame.click("#pay");
    await frame.getByRole("alert").filter({ hasText: "Enter an address before you pay" }).waitFor();
    await frame.click("#address-test-values");
    await frame.click("#give-address");
    await frame.waitForSelector("[name=shipping]");
    expect(await frame.locator("[name=shipping]:checked").count()).toBe(0);
    await frame.click("#pay");
    await frame.getByRole("alert").filter({ hasText: "Choose a delivery option before you pay" }).waitFor();
    expect(await messagesOfType(page, "SessionPaymentAuthorized")).toHaveLength(0);
  });

  test("shows that the shop does not ship to an address, and accepts another one", async () => {
    const page = await on.embed(await on.order(expressOrder));
    const frame = await checkoutFrame(page);
    await frame.click("#address-test-values");
    await frame.selectOption("[name=country]", "SE");
    await frame.click("#give-address");
    await frame.getByRole("alert").filter({ hasText: "does not ship there" }).waitFor();
    await frame.selectOption("[name=country]", "NO");
    await frame.click("#give-address");
    await frame.waitForSelector("[name=shipping]");
  });

  test("accepts an address of country and postal code only, as one-click wallets send it", async () => {
    const session = await on.order(expressOrder);
    const page = await on.embed(session);
    const frame = await checkoutFrame(page);
    await frame.fill("[name=postal_code]", "0154");
    await frame.click("#minimal-address");
    await frame.waitForSelector("[name=shipping]");
    const address = on.sandbox.sessions.get(session.id)?.order.shipping_address;
    expect(address).toEqual({ country: "NO", postal_code: "0154" });
  });

  test("names the missing field and focuses it", async () => {
    const page = await on.embed(await on.order(expressOrder));
    const frame = await checkoutFrame(page);
    await frame.click("#give-address");
    await frame.getByRole("alert").filter({ hasText: "Fill in: First name" }).waitFor();
    expect(await frame.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("first_name");
  });

  test("shows that a code gives no discount", async () => {
    const page = await on.embed(await on.order(expressOrder));
    const frame = await checkoutFrame(page);
    await frame.fill("[name=code]", "NOPE");
    await frame.getByRole("button", { name: "Apply" }).click();
    await frame.getByRole("alert").filter({ hasText: "gives no discount" }).waitFor();
  });

  test("without shipping requires no address", async () => {
    const page = await on.embed(
      await on.order({ express: { shipping_mode: "shipping_not_required", shipping_options: [] } }),
    );
    const frame = await checkoutFrame(page);
    expect(await frame.locator(".delivery").count()).toBe(0);
    await fillIn(frame);
    await frame.click("#pay");
    await handlerCall(page, "onPayment");
  });
});

describe("messages of SDKs newer than 0.8.30", () => {
  const params = { client_side_address_callback: "true" };

  test("AddressCallback is sent to the merchant's page, and its approval shows the options", async () => {
    const page = await on.embedNewer(
      await on.order({ express: { ...express, shipping_options: [home] } }),
      params,
    );
    const frame = await checkoutFrame(page);
    await frame.click("#address-test-values");
    await frame.click("#give-address");
    expect((await nextMessage(page, "AddressCallback")).session).toMatchObject({
      order: { shipping_address: { country: "NO" } },
    });
    await frame.getByText("Checking with the shop").first().waitFor();
    expect(await frame.isDisabled("#pay")).toBe(true);
    await reply(page, { success: true });
    await frame.waitForSelector("[name=shipping][value=home-1]");
    expect(await frame.isEnabled("#pay")).toBe(true);
    expect([...on.sandbox.deliveries]).toHaveLength(0);
  });

  test("a refusal of AddressCallback shows the merchant's message", async () => {
    const page = await on.embedNewer(
      await on.order({ express: { ...express, shipping_options: [home] } }),
      params,
    );
    const frame = await checkoutFrame(page);
    await frame.click("#address-test-values");
    await frame.click("#give-address");
    await nextMessage(page, "AddressCallback");
    await reply(page, { success: false, error: "Only Oslo" });
    await frame.getByRole("alert").filter({ hasText: "Only Oslo" }).waitFor();
    const session = (await messagesOfType(page, "SessionUpdated", 1)).at(-1)?.session;
    expect(session).not.toHaveProperty("order.shipping_address");
    expect(session).not.toHaveProperty("pay_lock");
    await frame.waitForSelector("[name=first_name]");
  });

  async function reply(page: Awaited<ReturnType<Stage["visit"]>>, result: object): Promise<void> {
    await page.evaluate((given) => {
      const frame = document.querySelector("iframe");
      const sid = new URL(frame?.src ?? "").searchParams.get("sid");
      frame?.contentWindow?.postMessage({ type: "AddressCallbackResult", sid, ...given }, "*");
    }, result);
  }
});
