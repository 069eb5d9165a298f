// The rule for order.amount in express sessions, and updates of them.
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createOrder, createSandbox } from "../../src/sandbox/index.ts";
import { merchant, page, shop, type Arrived, type Body } from "./merchant.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const option = (line_id: string, amount: number) => ({
  ...{ id: line_id, line_id, title: line_id, amount, operator: "" },
});
const item = (amount: number) => ({ id: "chair", line_id: "1", description: "Chair", quantity: 1, amount });
const oslo = { country: "NO", postal_code: "0150" };

/** An express session of 10000, whose shop gives these answers to its callbacks. */
async function open(answer: (body: Body, arrived: Arrived) => unknown) {
  let current = answer;
  const server = await shop((arrived: Arrived, response: ServerResponse) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(current(JSON.parse(arrived.text), arrived)));
  });
  const sandbox = createSandbox();
  closers.push(server.close, () => sandbox.reset());
  const session = await createOrder(sandbox, {
    order: { amount: 10000, currency: "NOK", merchant_reference: "order-1", items: [item(10000)] },
    express: {
      shipping_options: [],
      shipping_address_callback_url: `${server.url}/address`,
      discount_codes: { max_count: 1, callback_url: `${server.url}/discount` },
    },
    configuration: { discounts: { express_discount_codes: { enabled: true } } },
  });
  const call = await merchant(sandbox);
  return {
    sandbox,
    session,
    call,
    arrived: server.arrived,
    shopper: page(sandbox, session.id),
    answerWith: (next: typeof answer) => void (current = next),
    update: (body: object, query = "update_without_lock=true") =>
      call("PUT", `/sessions/${session.id}?${query}`, body),
    order: () => sandbox.sessions.get(session.id)!.order,
  };
}

const sumOf = (lines: readonly { readonly amount?: number }[] = []) =>
  lines.reduce((sum, { amount = 0 }) => sum + amount, 0);

describe("order.amount in the answer to an address callback", () => {
  test("row 1: items and no chosen option; the price of an option counts once it is picked", async () => {
    const { shopper, order } = await open(() => ({
      shipping_options: [option("post", 10000)],
      order: { amount: 10000, items: [item(10000)] },
    }));
    await shopper("/address", { address: oslo });
    expect(order()).toMatchObject({ amount: 10000, items: [item(10000)] });
    await shopper("/shipping-option", { line_id: "post" });
    expect(order().amount).toBe(20000);
  });

  test("row 2: with an option chosen the amount contains its price, and nothing is corrected", async () => {
    const { shopper, order, answerWith } = await open(() => ({ shipping_options: [option("post", 10000)] }));
    await shopper("/address", { address: oslo });
    await shopper("/shipping-option", { line_id: "post" });
    answerWith(() => ({
      shipping_options: [option("post", 10000)],
      order: { amount: 20000, items: [item(10000)] },
    }));
    await shopper("/address", { address: { ...oslo, postal_code: "9008" } });
    expect(order()).toMatchObject({ amount: 20000, items: [item(10000)] });
  });

  test("row 3: an amount without the chosen option gets a Correction line, which the log explains", async () => {
    const { sandbox, shopper, order, answerWith } = await open(() => ({
      shipping_options: [option("post", 10000)],
    }));
    await shopper("/address", { address: oslo });
    await shopper("/shipping-option", { line_id: "post" });
    answerWith(() => ({
      shipping_options: [option("post", 10000)],
      order: { amount: 10000, items: [item(10000)] },
    }));
    await shopper("/address", { address: { ...oslo, postal_code: "9008" } });
    const { amount, items = [], shipping_option } = order();
    expect(amount).toBe(10000);
    expect(items[1]).toEqual({
      id: expect.stringMatching(/^correction-\w+$/),
      line_id: items[1]?.id,
      quantity: 1,
      description: "Correction",
      amount: -10000,
    });
    expect(sumOf(items) + (shipping_option?.amount ?? 0)).toBe(amount);
    const warnings = sandbox.log.since(0).filter(({ kind }) => kind === "warning");
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringContaining(
        "order.amount is 10000, but its items and the chosen shipping (10000) add up to 20000",
      ),
    ]);
  });

  test("row 4: a new price of the chosen option is added by Dintero, not by the merchant", async () => {
    const { shopper, order, answerWith } = await open(() => ({ shipping_options: [option("post", 10000)] }));
    await shopper("/address", { address: oslo });
    await shopper("/shipping-option", { line_id: "post" });
    answerWith(() => ({
      shipping_options: [option("post", 15000)],
      order: { amount: 20000, items: [item(10000)] },
    }));
    await shopper("/address", { address: { ...oslo, postal_code: "9008" } });
    expect(order()).toMatchObject({ amount: 25000, items: [item(10000)] });
  });

  test("a chosen option that is no longer offered has to be chosen again", async () => {
    const { shopper, order, answerWith } = await open(() => ({ shipping_options: [option("post", 10000)] }));
    await shopper("/address", { address: oslo });
    await shopper("/shipping-option", { line_id: "post" });
    answerWith(() => ({ shipping_options: [option("bike", 5000)] }));
    const { body } = await shopper("/address", { address: { ...oslo, postal_code: "9008" } });
    expect([order().amount, order().shipping_option, body.missing]).toEqual([
      10000,
      undefined,
      ["shipping_option"],
    ]);
  });

  test("an order in the answer needs an amount, and its shipping option is ignored", async () => {
    const { shopper, order, answerWith } = await open(() => ({ shipping_options: [], order: { items: [] } }));
    const refused = await shopper("/address", { address: oslo });
    expect(refused.body.error.message).toContain("order.amount is required");
    answerWith(() => ({
      shipping_options: [option("post", 10000)],
      order: { amount: 10000, shipping_option: option("post", 10000) },
    }));
    await shopper("/address", { address: oslo });
    expect([order().amount, order().shipping_option]).toEqual([10000, undefined]);
  });
});

test("the worked example: three addresses, a discount, pay, capture all lines; the sums are right at each step", async () => {
  const prices: Record<string, number> = { "0150": 10000, "9008": 15000, "9170": 20000 };
  const { sandbox, shopper, call, order } = await open(({ order }: Body, { url }) => {
    const reduced = url.pathname === "/discount" && order.discount_codes[0] === "TWENTY";
    const goods = reduced
      ? [{ ...item(8000), discount_lines: [{ amount: 2000, percentage: 20 }] }]
      : order.items;
    return {
      shipping_options: [option("post", prices[order.shipping_address.postal_code] ?? 0), option("shop", 0)],
      order: { amount: sumOf(goods) + (order.shipping_option?.amount ?? 0), items: goods },
    };
  });
  const rightAt = (amount: number) => {
    const { items, shipping_option } = order();
    expect([order().amount, sumOf(items) + (shipping_option?.amount ?? 0)]).toEqual([amount, amount]);
    expect(items).toHaveLength(1);
  };

  await shopper("/address", { address: oslo });
  rightAt(10000);
  await shopper("/shipping-option", { line_id: "post" });
  rightAt(20000);
  await shopper("/address", { address: { ...oslo, postal_code: "9008" } });
  rightAt(25000);
  await shopper("/address", { address: { ...oslo, postal_code: "9170" } });
  rightAt(30000);
  await shopper("/discount", { codes: ["TWENTY"] });
  rightAt(28000);

  const paid = await shopper("/pay", { payment_product_type: "payex.creditcard", outcome: "authorized" });
  const path = `/transactions/${paid.body.transaction_id}`;
  const { amount, items } = (await call("GET", path)).body;
  expect([amount, sumOf(items)]).toEqual([28000, 28000]);
  expect(items.map(({ line_id, amount }: Body) => [line_id, amount])).toEqual([
    ["1", 8000],
    ["post", 20000],
  ]);
  expect((await call("POST", `${path}/capture`, { amount, items })).body.status).toBe("CAPTURED");
  expect(sandbox.log.since(0).filter(({ kind }) => kind === "warning")).toEqual([]);
});

describe("updates of an express session", () => {
  const offered = { shipping_options: [option("post", 10000), option("shop", 0)] };

  test("the amount is the items and the shipping option, without any toggle", async () => {
    const { update, order } = await open(() => offered);
    const refused = await update({ order: { amount: 20000, items: [item(10000)] }, express: offered });
    expect(refused.body.error.errors).toMatchObject([{ path: "order.amount", code: "amount_mismatch" }]);
    const shipping_option = option("post", 10000);
    const { status } = await update({
      order: { amount: 20000, items: [item(10000)], shipping_option },
      express: offered,
    });
    expect([status, order().amount]).toEqual([200, 20000]);
  });

  test("order.shipping_option must be among express.shipping_options", async () => {
    const { update } = await open(() => offered);
    const order = { amount: 11000, items: [item(10000)], shipping_option: option("moon", 1000) };
    const refused = await update({ order, express: offered });
    expect(refused.body.error.errors).toMatchObject([{ path: "order.shipping_option.line_id" }]);
  });

  test("express needs shipping_options, and nothing inside order is required", async () => {
    const { update, order } = await open(() => offered);
    const refused = await update({ order: {}, express: { shipping_mode: "shipping_required" } });
    expect(refused.body.error.errors).toMatchObject([{ path: "express.shipping_options" }]);
    expect((await update({})).body.error.errors).toMatchObject([{ path: "order" }]);
    expect((await update({ order: { merchant_reference_2: "x" } })).status).toBe(200);
    expect(order()).toMatchObject({ amount: 10000, items: [item(10000)], merchant_reference_2: "x" });
  });

  test("the merchant reference and the callback urls do not change", async () => {
    const { update, session, order, sandbox } = await open(() => offered);
    await update({
      order: { merchant_reference: "other" },
      express: { ...offered, shipping_address_callback_url: "http://127.0.0.1:1/" },
      url: { return_url: "https://other.example/" },
    });
    const { express, url } = sandbox.sessions.get(session.id)!;
    expect(order().merchant_reference).toBe("order-1");
    expect(express?.shipping_address_callback_url).toBe(session.express?.shipping_address_callback_url);
    expect(url).toEqual(session.url);
  });

  test.each([
    ["without express the address callback follows", {}, "", 2],
    ["with shipping_options there is none", { express: offered }, "", 1],
    [
      "force_shipping_address_callback=true sends it all the same",
      { express: offered },
      "&force_shipping_address_callback=true",
      2,
    ],
  ])("%s", async (_, body, query, calls) => {
    const { sandbox, shopper, update, arrived } = await open(() => offered);
    await shopper("/address", { address: oslo });
    await update({ order: { merchant_reference_2: "x" }, ...body }, `update_without_lock=true${query}`);
    while ([...sandbox.deliveries].some(({ state }) => state === "waiting"))
      await sandbox.log.next(sandbox.log.seq, 1000);
    expect(arrived.map(({ url }) => url.pathname)).toEqual(Array<string>(calls).fill("/address"));
  });

  test("an update before any address sends no callback", async () => {
    const { update, arrived, sandbox } = await open(() => offered);
    await update({ order: { merchant_reference_2: "x" } });
    expect([[...sandbox.deliveries], arrived]).toEqual([[], []]);
  });

  test("delivery_method none is an option like any other", async () => {
    const nowhere = { ...option("download", 0), delivery_method: "none" };
    const { shopper, order } = await open(() => ({ shipping_options: [nowhere] }));
    await shopper("/address", { address: oslo });
    await shopper("/shipping-option", { line_id: "download" });
    expect(order()).toMatchObject({ amount: 10000, shipping_option: nowhere });
  });
});
