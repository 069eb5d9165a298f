import { pay, type Session } from "dintero-checkout-element/sandbox";
import { expect, test } from "vitest";
import { discounted, quote, shippingOptions } from "../../demo/shop/express.ts";
import { priceLines } from "../../demo/shop/catalogue.ts";
import { openShop, sandboxWithCallbacks } from "./support.ts";

async function expressShop() {
  const opened = await openShop({ sandbox: sandboxWithCallbacks() });
  opened.sandbox.faults.add({ callback: { never: true } });
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  const session = await shopper.session("/api/checkout/express");
  /** Sends the requests of the hosted page. */
  const page = async (path: string, body: unknown) => {
    const url = `http://127.0.0.1:4242/_sandbox/page/sessions/${session.id}${path}`;
    const headers = { "content-type": "application/json" };
    const answer = await opened.sandbox.fetch(url, { method: "POST", body: JSON.stringify(body), headers });
    expect(answer.status).toBe(200);
    return opened.sandbox.sessions.get(session.id)!;
  };
  return { ...opened, shopper, session, page };
}

const oslo = {
  first_name: "Kari",
  last_name: "<b>Nordmann</b>",
  address_line: "Storgata 1",
  postal_code: "0155",
  postal_place: "Oslo",
  country: "NO",
};

test("an express order is priced by the shop's own handlers: address, shipping and discount", async () => {
  const { shopper, page, store } = await expressShop();
  let session: Session = await page("/address", { address: oslo });
  expect(session.express?.shipping_options?.map(({ id, amount }) => [id, amount])).toEqual([
    ["home", 9900],
    ["pick-up", 4900],
  ]);
  session = await page("/shipping-option", { line_id: "shipping-pick-up" });
  session = await page("/discount", { codes: ["summer10"] });
  expect(session.order.amount).toBe(29990 - 2999 + 4900);

  await pay(session);
  const shown = await shopper.get("/orders/order-001");
  expect(store.order("order-001")).toMatchObject({ status: "paid", amount: 31891 });
  expect(store.order("order-001")?.lines).toMatchObject([
    { id: "blue-t-shirt", amount: 26991 },
    { line_id: "shipping-pick-up", amount: 4900 },
  ]);
  expect(shown.text).toContain("Kari &lt;b&gt;Nordmann&lt;/b&gt;, Storgata 1, 0155 Oslo, NO");
});

test("the shipping is captured with the goods", async () => {
  const { shopper, page, sandbox } = await expressShop();
  await page("/address", { address: oslo });
  const session = await page("/shipping-option", { line_id: "shipping-home" });
  const { id } = await pay(session);
  await shopper.get("/orders/order-001");
  await shopper.submit("/office/order-001/capture", [
    ["line", "1"],
    ["line", "shipping-home"],
  ]);
  expect(sandbox.transactions.get(id)?.status).toBe("CAPTURED");
});

test("an address of only a country and a postal code is enough", async () => {
  const { page } = await expressShop();
  const session = await page("/address", { address: { country: "NO", postal_code: "9170" } });
  expect(session.express?.shipping_options?.map(({ id }) => id)).toEqual(["svalbard"]);
});

test("where the shop does not ship, the list is empty", () => {
  expect(shippingOptions({ country: "BR" })).toEqual([]);
  expect(shippingOptions({})).toEqual([]);
});

test("an unknown code gives no discount", () => {
  const lines = priceLines(new Map([["blue-t-shirt", 1]]));
  expect(discounted(lines, ["FREE", "constructor"])).toEqual(lines);
});

test.each([
  [
    "a shipping price that is not the shop's",
    { shipping_option: { line_id: "shipping-home", amount: 1, title: "Door" } },
  ],
  [
    "a shipping option that is not offered there",
    { shipping_option: { line_id: "shipping-svalbard", amount: 24900, title: "Air" } },
  ],
  ["no shipping at all", {}],
])("a session with %s does not match the shop's offer", (_what, order) => {
  const lines = priceLines(new Map([["blue-t-shirt", 1]]));
  const session = { order: { shipping_address: oslo, ...order } } as never;
  expect(quote({ lines }, session)).toMatch(/^(It has no|The shop does not|Shipping was)/);
});

test("an express order whose price was tampered with is not paid", async () => {
  const { shopper, page, sandbox, store } = await expressShop();
  await page("/address", { address: oslo });
  const session = await page("/shipping-option", { line_id: "shipping-home" });
  const record = sandbox.sessions.find(session)!;
  sandbox.sessions.change(record, { order: { ...session.order, amount: 100 } });
  await pay(sandbox.sessions.get(session.id)!);
  const shown = await shopper.get("/orders/order-001");
  expect(store.order("order-001")?.status).toBe("open");
  expect(shown.text).toMatch(/It is NOK.1\.00, but the order is NOK.398\.90\./);
});

test("requests that Dintero did not sign are refused", async () => {
  const { app } = await expressShop();
  for (const path of ["/dintero/address", "/dintero/discounts"]) {
    const answer = await app.request(`http://localhost:3000${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ order: {} }),
    });
    expect(answer.status).toBe(401);
  }
});
