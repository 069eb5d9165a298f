import { afterEach, beforeEach, expect, test } from "vitest";
import type { SessionRequest } from "../../src/server/index.ts";
import { acceptedSessions, refusedSessions, shipping } from "../dintero/sessions.ts";
import { clientOf } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

test.each(refusedSessions)("%s is refused before anything is sent", async (message, session) => {
  await expect(clientOf(upstream).createSession(session as SessionRequest)).rejects.toMatchObject({
    name: "DinteroError",
    code: "invalid-session",
    status: 0,
    retryable: false,
    message: expect.stringMatching(message) as string,
  });
  expect(upstream.calls).toEqual([]);
});

test.each(acceptedSessions)("%s is sent as it is", async (_, session) => {
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
  await expect(client.updateSession(id, {} as never)).rejects.toMatchObject(refused("order is required"));
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
    refused("capture must be an object"),
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
    await expect(client.createSession({ ...tShirt, metadata } as never)).rejects.toMatchObject({
      code: "invalid-session",
      message: expect.stringMatching(/^metadata\.(self|size) must be a text or a number/) as string,
    });
  }
  expect(upstream.calls).toEqual([]);
});

test.each([
  ["a BigInt", { size: 1n }],
  [
    "a circle",
    (() => {
      const one: Record<string, unknown> = {};
      one["self"] = one;
      return one;
    })(),
  ],
])("%s in a field that is not checked fails at once, too", async (_, extra) => {
  const client = clientOf(upstream);
  const error = { name: "DinteroError", code: "invalid-session" };
  const order = { ...tShirt.order, extra };
  await expect(client.createSession({ ...tShirt, order })).rejects.toMatchObject(error);
  await expect(client.captureTransaction("T12345678.t", { amount: 1, extra })).rejects.toMatchObject(error);
  await expect(client.request("POST", "/sessions/pay", { body: { extra } })).rejects.toMatchObject(error);
  expect(upstream.calls).toEqual([]);
});
