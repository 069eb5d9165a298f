import { afterEach, beforeEach, expect, test } from "vitest";
import type { SessionRequest } from "../../src/server/index.ts";
import { clientOf } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

const shipping = { id: "post", line_id: "post", title: "Post", operator: "" };
const [item] = tShirt.order.items!;
const order = (change: object): SessionRequest => ({ ...tShirt, order: { ...tShirt.order, ...change } });
const items = (...list: object[]) =>
  order({ items: list.map((one, index) => ({ ...item, line_id: `${index}`, ...one })) });

test.each<[RegExp, unknown]>([
  [/^url\.return_url must/, undefined],
  [/^url\.return_url must/, { ...tShirt, url: undefined }],
  [/^url\.return_url must/, { ...tShirt, url: {} }],
  [/^url\.return_url must be a whole url/, { ...tShirt, url: { return_url: "/thanks" } }],
  [/^profile_id must be given/, { ...tShirt, profile_id: "" }],
  [/^order\.currency must be a code/, { ...tShirt, order: undefined }],
  [/^order\.currency must be a code/, order({ currency: undefined })],
  [/^order\.currency must be a code/, order({ currency: "kr" })],
  [/^order\.merchant_reference must be given/, order({ merchant_reference: undefined })],
  [/^order\.amount must be an integer in minor units \(299\.90 is 29990\)/, order({ amount: 299.9 })],
  [/^order\.amount must be an integer/, order({ amount: "29990" })],
  [/^order\.amount must be an integer/, order({ amount: undefined })],
  [/^order\.amount must be an integer/, order({ amount: null })],
  [/^order\.amount must be an integer/, order({ amount: Number.NaN })],
  [/^order\.amount must be an integer/, order({ amount: 2 ** 60 })],
  [/^order\.amount must be an integer/, order({ amount: 29990n })],
  [/^order\.amount must be at least 0/, order({ amount: -1, items: undefined })],
  [/^order\.vat_amount must be an integer in minor units \(299\.90 is 29990\)/, order({ vat_amount: 59.98 })],
  [/^order\.items\[0\] must be an object/, order({ items: [null] })],
  [/^order\.items must be a list/, order({ items: { shirt: item } })],
  [/^order\.items must be a list/, order({ items: "shirt" })],
  [
    /^order\.items\[1\]\.amount must be an integer in minor units \(299\.90 is 29990\)/,
    items({}, { amount: 0.5 }),
  ],
  [/^order\.amount must be at most 2147483647/, order({ amount: 2 ** 31, items: undefined })],
  [/^order\.items\[0\]\.discount_lines must be a list/, items({ discount_lines: {} })],
  [/^express must be an object/, { ...tShirt, express: "yes" }],
  [/^express\.shipping_options must be a list/, { ...tShirt, express: {} }],
  [
    /^order\.vat_amount must/,
    { ...tShirt, order: Object.assign(Object.create(null), tShirt.order, { vat_amount: 0.5 }) },
  ],
  [/^order\.items\[0\]\.vat_amount must/, items({ vat_amount: 59.98 })],
  [/^order\.items\[0\]\.gross_amount must/, items({ gross_amount: 59.98 })],
  [/^order\.items\[0\]\.vat must be a percentage: 25, not 0\.25/, items({ vat: 0.25 })],
  [/^order\.items\[0\]\.vat must be a percentage/, items({ vat: -1 })],
  [/^order\.items\[0\]\.vat must be a percentage/, items({ vat: 101 })],
  [/^order\.items\[0\]\.discount_lines\[0\]\.amount must/, items({ discount_lines: [{ amount: 1.5 }] })],
  [/^order\.items\[1\]\.line_id must be used once/, items({ line_id: "1" }, { line_id: "1" })],
  [/^order\.amount must be 59980, the sum of its parts/, items({}, {})],
  [/^order\.amount must be 34890, the sum/, order({ shipping_option: { amount: 4900 } })],
  [/^order\.shipping_option\.amount must/, order({ shipping_option: { amount: 49.5 } })],
  [/^order\.shipping_option\.amount must/, order({ shipping_option: {} })],
  [
    /^order\.shipping_option\.vat must/,
    order({ amount: 34890, shipping_option: { amount: 4900, vat: 0.25 } }),
  ],
  [
    /^express\.shipping_options\[0\]\.amount must/,
    { ...tShirt, express: { shipping_options: [{ amount: 4.9 }] } },
  ],
  [
    /^express\.shipping_options\[1\]\.line_id must be used once/,
    {
      ...tShirt,
      express: {
        shipping_options: [
          { amount: 1, line_id: "a" },
          { amount: 2, line_id: "a" },
        ],
      },
    },
  ],
])("%s is refused before anything is sent", async (message, session) => {
  await expect(clientOf(upstream).createSession(session as SessionRequest)).rejects.toMatchObject({
    name: "DinteroError",
    code: "invalid-session",
    status: 0,
    retryable: false,
    message: expect.stringMatching(message) as string,
  });
  expect(upstream.calls).toEqual([]);
});

test.each<[string, SessionRequest]>([
  ["the quickstart's order", tShirt],
  ["an order without items", order({ items: undefined })],
  ["a free order", order({ amount: 0, items: undefined })],
  ["a discount as a negative line", items({}, { amount: -5000, vat_amount: -1000 }, { amount: 5000 })],
  ["a gift card that does not add up", order({ amount: 1000, gift_cards: [{ card: "x" }] })],
  ["a partial payment", order({ amount: 1000, partial_payment: true })],
  ["a shipping option in the sum", order({ amount: 34890, shipping_option: { amount: 4900, vat: 25 } })],
  ["a decimal quantity", items({ quantity: 0.35 })],
  [
    "VAT of 0, 1 and 15.5 %",
    items({ vat: 0, amount: 29988 }, { vat: 1, amount: 1 }, { vat: 15.5, amount: 1 }),
  ],
  [
    "fields of the merchant's own",
    { ...order({ metadata: { amount: 1.5, vat: 0.25 } }), metadata: { amount: 0.5 } },
  ],
  ["items with only an amount", order({ items: [{ amount: 29990 }] })],
  ["an item without an amount, whose order cannot be summed", items({ amount: undefined })],
  ["no lines but an empty list", order({ amount: 0, items: [] })],
  ["discount lines without an amount", items({ discount_lines: [{ percentage: 10 }, { line_id: 1 }] })],
  ["two discount lines of one number", items({ discount_lines: [{ line_id: 1 }, { line_id: 1 }] })],
  ["gift cards of the customer", { ...order({ amount: 1000 }), customer: { gift_cards: [{ card: "x" }] } }],
  [
    "several shipments, whose items have no amount",
    order({
      amount: 34890,
      shipping_option: {
        amount: 4900,
        shipments: [
          { shipment_items: [{ line_id: "1" }] },
          { shipment_items: [{ line_id: "1", quantity: 2 }] },
        ],
      },
    }),
  ],
  ["fields that are undefined", order({ vat_amount: undefined, shipping_option: undefined })],
  ["an app's return url", { ...tShirt, url: { return_url: "shop-app://thanks" } }],
])("%s is sent as it is", async (_, session) => {
  await clientOf(upstream).createSession(session);
  expect(JSON.parse(upstream.last!.body)).toEqual(JSON.parse(JSON.stringify(session)));
});

test("an update, a capture and a refund are checked too", async () => {
  const client = clientOf(upstream);
  const id = "T12345678.a";
  const refused = (message: string) => ({
    code: "invalid-session",
    message: expect.stringContaining(message) as string,
  });
  await expect(client.updateSession(id, { order: { amount: 1.5 } })).rejects.toMatchObject(
    refused("order.amount"),
  );
  await expect(client.updateSession(id, {} as never)).rejects.toMatchObject(
    refused("order must be an object"),
  );
  await expect(client.updateSession(id, { order: { currency: "kr" } })).rejects.toMatchObject(
    refused("order.currency"),
  );
  await expect(
    client.updateSession(id, { order: { amount: 1, items: [{ amount: 2 }] } }),
  ).rejects.toMatchObject(refused("order.amount must be at least 2"));
  await expect(
    client.updateSession(id, {
      order: { amount: 3, items: [{ amount: 2 }], shipping_option: { ...shipping, amount: 5 } },
    }),
  ).rejects.toMatchObject(refused("order.amount must be 7"));
  await expect(client.captureTransaction(id, { amount: 299.9 })).rejects.toMatchObject(
    refused("capture.amount must be an integer in minor units (299.90 is 29990)"),
  );
  await expect(client.captureTransaction(id, { amount: -1 })).rejects.toMatchObject(
    refused("capture.amount"),
  );
  await expect(client.captureTransaction(id, { amount: 2 ** 31 })).rejects.toMatchObject(
    refused("capture.amount must be at most 2147483647"),
  );
  await expect(
    client.captureTransaction(id, { amount: 1, items: [{ amount: 1 } as never] }),
  ).rejects.toMatchObject(refused("capture.items[0].line_id"));
  await expect(client.captureTransaction(id, undefined as never)).rejects.toMatchObject(
    refused("capture.amount"),
  );
  await expect(client.refundTransaction(id, { amount: -100 })).rejects.toMatchObject(
    refused("refund.amount"),
  );
  await expect(
    client.refundTransaction(id, { amount: 100, items: [{ line_id: "1", amount: 0.5 }] }),
  ).rejects.toMatchObject(refused("refund.items[0].amount"));
  expect(upstream.calls).toEqual([]);
});

test("an update can have any of the order's fields, or none", async () => {
  const client = clientOf(upstream);
  for (const order of [
    {},
    { merchant_reference_2: "A-1" },
    { shipping_address: { postal_code: "0155" } },
    // The amount may include the session's shipping option, which the update leaves out.
    { amount: 10_900, items: [{ amount: 10_000 }] },
    { amount: 14_900, items: [{ amount: 10_000 }], shipping_option: { ...shipping, amount: 4_900 } },
  ]) {
    await client.updateSession("T12345678.a", { order });
    expect(JSON.parse(upstream.last!.body)).toEqual({ order, remove_lock: true });
  }
});

test("captures and refunds need not add up, and can be of 0", async () => {
  const client = clientOf(upstream);
  for (const movement of [
    { amount: 0 },
    { amount: 5000, items: [] },
    { amount: 5000, items: [{ line_id: "1", amount: 4000 }] },
  ]) {
    await client.captureTransaction("T12345678.a", movement);
    expect(JSON.parse(upstream.last!.body)).toEqual(movement);
    await client.refundTransaction("T12345678.a", movement);
    expect(JSON.parse(upstream.last!.body)).toEqual(movement);
  }
});

test("a value that is not JSON fails at once, and not as a connection error", async () => {
  const client = clientOf(upstream);
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  for (const metadata of [circular, { size: 1n }]) {
    await expect(client.createSession({ ...tShirt, metadata })).rejects.toBeInstanceOf(TypeError);
  }
  expect(upstream.calls).toEqual(["POST token"]);
});
