import type { ServerResponse } from "node:http";
import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { createOrder, createSandbox } from "../../src/sandbox/index.ts";
import { merchant, order, page, shop, type Arrived, type Body } from "./merchant.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const option = (line_id: string, amount: number, more: object = {}) => ({
  ...{ id: line_id, line_id, title: line_id, amount, operator: "" },
  ...more,
});

/** An express session, whose shop gives these answers to its callbacks. */
async function open(
  answer: (body: Body, arrived: Arrived) => { status?: number; body: unknown },
  express: object = {},
) {
  const server = await shop((arrived: Arrived, response: ServerResponse) => {
    const { status = 200, body } = answer(JSON.parse(arrived.text), arrived);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  const sandbox = createSandbox({ secret: "s3cret" });
  closers.push(server.close, () => sandbox.reset());
  const session = await createOrder(sandbox, {
    express: {
      shipping_options: [],
      shipping_address_callback_url: `${server.url}/address`,
      discount_codes: { max_count: 1, callback_url: `${server.url}/discount` },
      ...express,
    },
    configuration: { discounts: { express_discount_codes: { enabled: true } } },
  });
  return { sandbox, session, arrived: server.arrived, shopper: page(sandbox, session.id) };
}

const pay = { payment_product_type: "payex.creditcard", outcome: "authorized" };
const address = { country: "NO", postal_code: "0150" };
const ways = [
  option("home", 9900, { delivery_method: "delivery" }),
  option("shop", 0, { delivery_method: "pick_up" }),
];

describe("express addresses", () => {
  test("an address is POSTed to the merchant in the session, and answered with the delivery options", async () => {
    const { session, shopper, arrived } = await open(() => ({ body: { shipping_options: ways } }));
    expect((await shopper("")).body.delivery).toBe("unknown");
    const { body } = await shopper("/address", { address });
    expect(arrived).toHaveLength(1);
    expect([arrived[0]?.method, arrived[0]?.url.pathname]).toEqual(["POST", "/address"]);
    const sent = JSON.parse(arrived[0]?.text ?? "") as Body;
    expect(sent).toMatchObject({ id: session.id, order: { shipping_address: address } });
    expect(body.delivery).toBe("available");
    expect(body.session.express.shipping_options).toEqual(ways);
  });

  test("no option is chosen for the shopper, and the chosen one's price is part of the amount", async () => {
    const { shopper } = await open(() => ({ body: { shipping_options: ways } }));
    const { body } = await shopper("/address", { address });
    expect(body.session.order.amount).toBe(29990);
    expect(body.session.order.shipping_option).toBeUndefined();
    expect(body.missing).toEqual(["shipping_option"]);
    const home = await shopper("/shipping-option", { line_id: "home" });
    expect(home.body.session.order).toMatchObject({ amount: 39890, shipping_option: { line_id: "home" } });
    expect(home.body.missing).toEqual([]);
    const chosen = await shopper("/shipping-option", { line_id: "shop" });
    expect(chosen.body.session.order).toMatchObject({ amount: 29990, shipping_option: { line_id: "shop" } });
    const moved = await shopper("/address", { address: { ...address, postal_code: "9008" } });
    expect(moved.body.session.order.shipping_option.line_id).toBe("shop");
    expect((await shopper("/shipping-option", { line_id: "moon" })).status).toBe(400);
  });

  test("an address of only country and postal code is enough", async () => {
    const { shopper, arrived } = await open(() => ({ body: { shipping_options: ways } }));
    await shopper("/address", { address });
    expect((JSON.parse(arrived[0]?.text ?? "") as Body).order.shipping_address).toEqual(address);
  });

  test("an empty list means that the merchant does not ship there: nothing can be paid", async () => {
    const { shopper } = await open(({ order: { shipping_address } }) => ({
      body: { shipping_options: shipping_address.country === "NO" ? ways : [] },
    }));
    expect((await shopper("/address", { address: { country: "AQ" } })).body.delivery).toBe("none");
    expect((await shopper("/pay", pay)).status).toBe(409);
    expect((await shopper("/address", { address })).body.delivery).toBe("available");
    await shopper("/shipping-option", { line_id: "shop" });
    expect((await shopper("/pay", pay)).status).toBe(200);
  });

  test("the transaction has the whole amount, the address and the option", async () => {
    const { sandbox, shopper } = await open(() => ({ body: { shipping_options: ways } }));
    await shopper("/address", { address });
    await shopper("/shipping-option", { line_id: "home" });
    await shopper("/pay", { payment_product_type: "vipps", outcome: "authorized" });
    expect([...sandbox.transactions][0]).toMatchObject({
      amount: 39890,
      shipping_option: { line_id: "home" },
      shipping_address: address,
    });
  });

  test("the merchant's answer may contain a new order", async () => {
    const items = [{ ...order.items[0], amount: 24990 }];
    const { shopper } = await open(() => ({
      body: { shipping_options: ways, order: { amount: 24990, items } },
    }));
    const { body } = await shopper("/address", { address });
    expect(body.session.order).toMatchObject({
      amount: 24990,
      items,
      currency: "NOK",
      merchant_reference: "order-001",
    });
  });

  test("the express callbacks are signed", async () => {
    const { shopper, arrived } = await open(() => ({ body: { shipping_options: ways } }));
    await shopper("/address", { address });
    const [{ headers }] = arrived as [Arrived];
    const [, t, hex] = /^t=(\d+),v0-hmac-sha256=(\w+)$/.exec(String(headers["dintero-signature"])) ?? [];
    const lines = [t, "T12345678", "POST", "127.0.0.1", "/address", ""].join("\n");
    expect(hex).toBe(createHmac("sha256", "s3cret").update(lines).digest("hex"));
    expect(headers["event-delivery"]).toBeTruthy();
  });

  test.each<[string, { status?: number; body: unknown }, string]>([
    ["a 201", { status: 201, body: { shipping_options: ways } }, "answered 201, only 200 counts"],
    ["a 500", { status: 500, body: {} }, "answered 500, only 200 counts"],
    ["no JSON", { body: "<h1>" }, "answered no JSON"],
    ["no options", { body: {} }, "shipping_options is required"],
    [
      "an option with decimals",
      { body: { shipping_options: [option("a", 1.5)] } },
      "shipping_options[0].amount",
    ],
    [
      "options with the same line_id",
      { body: { shipping_options: [option("a", 1), option("a", 2)] } },
      "used twice",
    ],
  ])("%s is an invalid answer, and is not requested again", async (_, answer, message) => {
    const { shopper, arrived } = await open(() => answer);
    const refused = await shopper("/address", { address });
    expect([refused.status, refused.body.error.code]).toEqual([422, "address_callback_failed"]);
    expect(refused.body.error.message).toContain(message);
    expect(arrived).toHaveLength(1);
  });

  test("with a client-side address callback the session is locked and the address is not stored yet", async () => {
    const { sandbox, session, shopper, arrived } = await open(() => ({ body: { shipping_options: ways } }));
    const { body } = await shopper("/address", { address, client_side: true });
    expect(body.session.order.shipping_address).toEqual(address);
    expect(body.session.pay_lock).toBeDefined();
    expect(sandbox.sessions.get(session.id)?.order.shipping_address).toBeUndefined();
    expect((await shopper("/pay", pay)).body.error.code).toBe("session_locked");
    expect(arrived).toHaveLength(0);
  });

  test.each([
    [true, address],
    [false, undefined],
  ])(
    "the merchant's page answers an address callback with success %s: the lock ends",
    async (success, kept) => {
      const { sandbox, session, shopper, arrived } = await open(() => ({ body: { shipping_options: ways } }));
      await shopper("/address", { address, client_side: true });
      const call = await merchant(sandbox);
      // Under the automatic lock an update needs no other lock.
      const express = { shipping_options: ways };
      expect((await call("PUT", `/sessions/${session.id}`, { order: {}, express })).status).toBe(200);
      expect((await shopper("/pay", pay)).body.error.code).toBe("session_locked");
      const { body } = await shopper("/address-result", { success });
      expect(body.session.pay_lock).toBeUndefined();
      expect(body.session.order.shipping_address).toEqual(kept);
      expect(body.session.express.shipping_options).toEqual(ways);
      expect(arrived).toHaveLength(0);
    },
  );

  test("options given with the session need no callback", async () => {
    const { shopper, arrived } = await open(() => ({ body: {} }), {
      shipping_options: ways,
      shipping_address_callback_url: undefined,
    });
    expect((await shopper("")).body.missing).toEqual(["shipping_address", "shipping_option"]);
    expect((await shopper("/address", { address })).body.delivery).toBe("available");
    expect(arrived).toHaveLength(0);
  });

  test("paying needs an address, and an option where there are any or a callback", async () => {
    const { shopper } = await open(() => ({ body: { shipping_options: ways } }));
    const refused = await shopper("/pay", pay);
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      "An express order needs shipping_address and shipping_option before it can be paid",
    ]);
    await shopper("/address", { address });
    expect((await shopper("/pay", pay)).body.error.message).toContain("needs shipping_option");
    await shopper("/shipping-option", { line_id: "home" });
    expect((await shopper("/pay", pay)).status).toBe(200);
    const optional = await open(() => ({ body: {} }), { shipping_address_callback_url: undefined });
    expect((await optional.shopper("/pay", pay)).body.error.message).toContain("needs shipping_address");
    await optional.shopper("/address", { address });
    expect((await optional.shopper("/pay", pay)).status).toBe(200);
  });

  test("shipping_not_required requires no delivery", async () => {
    const { shopper } = await open(() => ({ body: { shipping_options: [] } }), {
      shipping_mode: "shipping_not_required",
    });
    expect((await shopper("")).body.delivery).toBe("not_required");
    const { body } = await shopper("/address", { address });
    expect([body.delivery, body.session.order.amount]).toEqual(["not_required", 29990]);
  });
});

describe("discount codes", () => {
  const reduced = {
    amount: 26990,
    items: [
      {
        ...order.items[0],
        amount: 26990,
        gross_amount: 29990,
        discount_lines: [{ amount: 3000, percentage: 10, discount_id: "TEN", line_id: 1 }],
      },
    ],
  };

  test("codes are POSTed to the merchant, who answers with a reduced order", async () => {
    const { shopper, arrived } = await open(({ order: { discount_codes } }, { url }) => ({
      body: {
        shipping_options: ways,
        ...(url.pathname === "/discount" && discount_codes[0] === "TEN" && { order: reduced }),
      },
    }));
    await shopper("/address", { address });
    const { body } = await shopper("/discount", { codes: ["TEN"] });
    expect(arrived[1]?.url.pathname).toBe("/discount");
    expect((JSON.parse(arrived[1]?.text ?? "") as Body).order.discount_codes).toEqual(["TEN"]);
    expect(body.session.order).toMatchObject({
      amount: 26990,
      items: reduced.items,
      discount_codes: ["TEN"],
    });
  });

  test("discount lines of the order are not part of the sum", async () => {
    const discount_lines = [{ amount: 5000, description: "Welcome", line_id: 1 }];
    const { shopper } = await open(() => ({
      body: { shipping_options: ways, order: { amount: 29990, items: order.items, discount_lines } },
    }));
    const { body } = await shopper("/discount", { codes: ["HI"] });
    expect(body.session.order).toMatchObject({ amount: 29990, items: order.items, discount_lines });
  });

  test("codes need configuration.discounts.express_discount_codes.enabled", async () => {
    const sandbox = createSandbox();
    const express = { shipping_options: [], discount_codes: { max_count: 2 } };
    const shopper = page(sandbox, (await createOrder(sandbox, { express })).id);
    expect((await shopper("")).body.discount_codes).toBeNull();
    expect((await shopper("/discount", { codes: ["A"] })).body.error.message).toContain("enabled");
    const configuration = { discounts: { express_discount_codes: { enabled: true } } };
    const open = page(sandbox, (await createOrder(sandbox, { express, configuration })).id);
    expect((await open("")).body.discount_codes).toEqual({ max_count: 2 });
    const { body } = await open("/discount", { codes: ["A"] });
    expect(body.session.order.discount_codes).toEqual(["A"]);
  });

  test("a refused code leaves the order unchanged", async () => {
    const { sandbox, session, shopper } = await open(() => ({ status: 400, body: {} }));
    const refused = await shopper("/discount", { codes: ["OLD"] });
    expect(refused.body.error.code).toBe("discount_callback_failed");
    expect(sandbox.sessions.get(session.id)?.order).toEqual(order);
  });

  test("more codes than max_count, or none allowed, are refused", async () => {
    const { shopper } = await open(() => ({ body: { shipping_options: [] } }));
    expect((await shopper("/discount", { codes: ["A", "B"] })).status).toBe(400);
    const plain = await open(() => ({ body: {} }), { discount_codes: undefined });
    expect((await plain.shopper("/discount", { codes: ["A"] })).status).toBe(400);
  });

  test("the calls to the merchant are in the delivery log", async () => {
    const { sandbox, shopper } = await open(() => ({ body: { shipping_options: ways } }));
    await shopper("/address", { address });
    await shopper("/discount", { codes: ["TEN"] });
    expect([...sandbox.deliveries].map(({ about, state }) => [about, state])).toEqual([
      ["address", "delivered"],
      ["discount", "delivered"],
    ]);
  });
});
