import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { operationResult, type DinteroClient } from "../../src/server/index.ts";
import { clientOf } from "./support/leaks.ts";
import { startUpstream, type Fault, type Upstream } from "./support/upstream.ts";

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
    const isMovement = ["capture", "refund", "void"].includes(name);
    expect(await call(clientOf(upstream))).toEqual(isMovement ? { ...pending, requestId: "r1" } : pending);
  });

  test("of another account is not believed, even when it was requested", async () => {
    upstream.answer = () => ({ id: "P12345678.t" });
    const error = { code: "invalid-answer", status: 200 };
    await expect(call(clientOf(upstream))).rejects.toMatchObject(error);
    const foreign = clientOf(upstream, { accountId: "P00000000" });
    upstream.answer = () => ({ id });
    await expect(call(foreign)).rejects.toMatchObject({
      ...error,
      message: expect.stringContaining("of another account, T12345678") as string,
    });
  });
});

describe("the requestId of an operation", () => {
  const events = [
    { event: "AUTHORIZE", request_id: "0" },
    { event: "CAPTURE", request_id: "1" },
    { event: "REFUND", request_id: "2" },
    { event: "CAPTURE", request_id: "3" },
    { event: "VOID", request_id: "4" },
  ];

  test("comes from the answer's header, or else from its latest event of the kind", async () => {
    upstream.answer = () => ({ id, events });
    const client = clientOf(upstream);
    expect((await client.captureTransaction(id, { amount: 1 })).requestId).toBe("3");
    expect((await client.refundTransaction(id, { amount: 1 })).requestId).toBe("2");
    expect((await client.voidTransaction(id)).requestId).toBe("4");
    const headers = { "event-request-id": "5" };
    upstream.faults["POST transactions"] = { status: 200, body: { id, events }, headers };
    expect((await client.captureTransaction(id, { amount: 1 })).requestId).toBe("5");
  });

  test("finds the end of what was accepted, and is pending where Dintero named none", async () => {
    const client = clientOf(upstream);
    const body = { id, amount: 100, events: [{ event: "INITIATE_CAPTURE", request_id: "7", amount: 100 }] };
    upstream.faults["POST transactions"] = { status: 202, body };
    const { requestId } = await client.captureTransaction(id, { amount: 100 });
    expect(operationResult(body as never, requestId).state).toBe("pending");
    const end = { event: "CAPTURE", request_id: "8", correlation_request_id: "7", amount: 100 };
    expect(operationResult({ ...body, events: [...body.events, end] }, requestId).state).toBe("done");
    upstream.faults["POST transactions"] = { status: 202, body: { id } };
    expect((await client.captureTransaction(id, { amount: 100 })).requestId).toBe("");
  });
});

test.each([
  ["JSON that is nested 5,000 deep", `${"[".repeat(5000)}${"]".repeat(5000)}`],
  ["objects that are nested 5,000 deep", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
  ["no JSON", "<html>"],
])(
  "a capture that is answered with %s is invalid-answer, and says that it may have been carried out",
  async (_, body) => {
    const client = clientOf(upstream, {
      fetch: (url, init) =>
        String(url).endsWith("/token") ? fetch(url, init) : Promise.resolve(new Response(body)),
    });
    await expect(client.captureTransaction(id, { amount: 100 })).rejects.toMatchObject({
      code: "invalid-answer",
      status: 200,
      retryable: false,
      message: expect.stringMatching(/it may have been carried out: read the transaction/) as string,
    });
    await expect(client.getTransaction(id)).rejects.toMatchObject({
      code: "invalid-answer",
      message: expect.not.stringContaining("carried out") as string,
    });
  },
);

test.each<[string, Fault, boolean]>([
  ["5xx", { status: 500 }, true],
  ["a lost connection", "reset", true],
  ["400", { status: 400 }, false],
  ["404", { status: 404 }, false],
  ["429", { status: 429 }, false],
])("a refund that fails with %s says whether it may have been carried out", async (_, fault, mayBe) => {
  upstream.faults["POST transactions"] = fault;
  const error = await clientOf(upstream, { retries: 0 })
    .refundTransaction(id, { amount: 100 })
    .catch((reason: unknown) => reason as Error);
  expect((error as Error).message.includes("may have been carried out")).toBe(mayBe);
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
