import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DinteroClient } from "../../src/server/index.ts";
import { clientOf } from "./support/leaks.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

const id = "T12345678.t";

const calls: [string, (client: DinteroClient) => Promise<unknown>][] = [
  ["capture", (client) => client.captureTransaction(id, { amount: 100 })],
  ["refund", (client) => client.refundTransaction(id, { amount: 100 })],
  ["void", (client) => client.voidTransaction(id)],
  ["update", (client) => client.updateTransaction(id, { merchant_reference_2: "A-1" })],
  ["cancellation", (client) => client.cancelSession(id)],
];

describe.each(calls)("a %s", (name, call) => {
  test.each([{}, [1], [], null, 5, "ok", { id: "T12345678.other" }, { transaction: { id } }])(
    "that is answered with 200 and %j fails, because it is not the transaction",
    async (answer) => {
      upstream.answer = () => answer;
      const error: unknown = await call(clientOf(upstream)).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "invalid-answer", status: 200, retryable: false });
      expect(upstream.calls).toHaveLength(2);
    },
  );

  test("that is answered with an empty body fails", async () => {
    const client = clientOf(upstream, {
      fetch: (url, init) =>
        String(url).endsWith("/token")
          ? fetch(url, init)
          : Promise.resolve(new Response(null, { status: 200 })),
    });
    await expect(call(client)).rejects.toMatchObject({ code: "invalid-answer", retryable: false });
  });

  test("that is accepted (202) resolves with the transaction as it is now", async () => {
    const pending = {
      id,
      status: "AUTHORIZED",
      events: [{ event: `INITIATE_${name.toUpperCase()}`, request_id: "r1" }],
    };
    upstream.faults["POST"] = [
      undefined,
      { status: 202, body: pending, headers: { "event-request-id": "r1" } },
    ];
    upstream.faults["PUT"] = { status: 202, body: pending };
    expect(await call(clientOf(upstream))).toEqual(pending);
  });
});

test("all fields of captures and refunds are sent unchanged", async () => {
  const client = clientOf(upstream);
  const capture = {
    amount: 100,
    capture_reference: "c1",
    final_capture: true,
    metadata: { ext_warehouse: "Oslo" },
    items: [{ line_id: "1", amount: 100, quantity: 1 }],
  };
  await client.captureTransaction(id, capture);
  expect(JSON.parse(upstream.last!.body)).toEqual(capture);
  const refund = { amount: 100, reason: "torn", refund_reference: "r1", metadata: { ext_case: "7" } };
  await client.refundTransaction(id, refund);
  expect(JSON.parse(upstream.last!.body)).toEqual(refund);
  await client.voidTransaction(id);
  expect(upstream.last).toMatchObject({ body: "" });
  expect(upstream.last!.headers["content-type"]).toBeUndefined();
});

test("a second reference is written to the transaction, and is typed", async () => {
  upstream.answer = () => ({ id, merchant_reference_2: "A-1" });
  const { merchant_reference_2 } = await clientOf(upstream).updateTransaction(id, {
    merchant_reference_2: "A-1",
  });
  expect(merchant_reference_2).toBe("A-1");
  expect(upstream.last).toMatchObject({ method: "PUT", path: `/v1/transactions/${id}` });
  expect(JSON.parse(upstream.last!.body)).toEqual({ merchant_reference_2: "A-1" });
});

test("the url of an `in_app` session can be an app's link, but not a script's", async () => {
  const session = {
    url: { return_url: "shop-app://thanks" },
    order: { amount: 100, currency: "NOK", merchant_reference: "r" },
    profile_id: "default",
    configuration: { channel: "in_app" },
  };
  for (const url of [
    "vipps://?token=abc",
    "swish://paymentrequest?token=a",
    "https://checkout.dintero.com/v1/view/a",
  ]) {
    upstream.answer = () => ({ id: "T12345678.a", url });
    expect(await clientOf(upstream).createSession(session)).toEqual({ id: "T12345678.a", url });
  }
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "blob:x",
    "vbscript:x",
    "file:///x",
    "vipps",
    5,
  ]) {
    upstream.answer = () => ({ id: "T12345678.a", url });
    await expect(clientOf(upstream).createSession(session)).rejects.toMatchObject({ code: "invalid-answer" });
  }
});
