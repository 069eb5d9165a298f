import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DinteroClient, Transaction, TransactionQuery } from "../../src/server/index.ts";
import { clientOf } from "./support/leaks.ts";
import { clientSecret, startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

const payment = {
  id: "T12345678.t",
  session_id: "T12345678.s",
  merchant_reference: "order-001",
  status: "CAPTURED",
  amount: 29990,
  currency: "NOK",
};

describe("listTransactions", () => {
  test("sends filters as Dintero names them: a list repeated, times and references encoded", async () => {
    upstream.answer = () => [payment];
    const found = await clientOf(upstream).listTransactions({
      session_id: ["T12345678.s", "T12345678.r"],
      status: "CAPTURED",
      merchant_reference: "order 001&limit=1",
      "created_at.gte": "2026-11-22T20:00:00+01:00",
      "amount.lte": 30_000,
      limit: 100,
    });
    expect(found).toEqual([payment]);
    const { pathname, searchParams } = new URL(upstream.last!.path, upstream.url);
    expect(pathname).toBe("/v1/transactions");
    expect([...searchParams]).toEqual([
      ["session_id", "T12345678.s"],
      ["session_id", "T12345678.r"],
      ["status", "CAPTURED"],
      ["merchant_reference", "order 001&limit=1"],
      ["created_at.gte", "2026-11-22T20:00:00+01:00"],
      ["amount.lte", "30000"],
      ["limit", "100"],
    ]);
  });

  test("without a filter requests the latest", async () => {
    upstream.answer = () => [];
    expect(await clientOf(upstream).listTransactions()).toEqual([]);
    expect(upstream.last!.path).toBe("/v1/transactions");
  });

  test.each([
    ["merchant_reference", { merchant_reference: undefined }],
    ["merchant_reference", { merchant_reference: "" }],
    ["session_id", { session_id: [] }],
    ["session_id", { session_id: [""] }],
    ["status", { status: { eq: "PAID" } }],
    ["status", { status: null }],
    ["limit", { limit: 0 }],
    ["limit", { limit: 101 }],
    ["limit", { limit: 1.5 }],
  ])("refuses a %s of no value: it would find the payments of others (%j)", async (name, query) => {
    await expect(
      clientOf(upstream).listTransactions(query as unknown as TransactionQuery),
    ).rejects.toMatchObject({
      code: "invalid-options",
      message: expect.stringContaining(`query.${name} must be`) as string,
    });
    expect(upstream.calls).toEqual([]);
  });

  test.each([{}, null, "none", { transactions: [] }])("refuses %j as a list", async (answer) => {
    upstream.answer = () => answer;
    await expect(clientOf(upstream).listTransactions()).rejects.toMatchObject({ code: "invalid-answer" });
  });
});

describe("a payment whose callback was lost", () => {
  /** The example in the documentation. */
  async function findPayment(
    client: DinteroClient,
    order: { readonly reference: string; readonly sessionId?: string },
  ): Promise<Transaction | undefined> {
    const query = order.sessionId ? { session_id: order.sessionId } : { merchant_reference: order.reference };
    const transactions = await client.listTransactions(query);
    return transactions.find(({ merchant_reference }) => merchant_reference === order.reference);
  }

  beforeEach(() => {
    const all = [
      { ...payment, id: "T12345678.x", merchant_reference: "order-0010", session_id: "T12345678.x" },
      payment,
    ];
    // A search without exact matching, which Dintero may have too.
    upstream.answer = (call) => {
      const query = new URL(call.replace("GET ", "https://x.example/")).searchParams;
      const reference = query.get("merchant_reference") ?? "";
      const session = query.get("session_id");
      return all.filter(
        (one) => one.merchant_reference.startsWith(reference) && (!session || one.session_id === session),
      );
    };
  });

  test.each([{ reference: "order-001", sessionId: "T12345678.s" }, { reference: "order-001" }])(
    "is found by %j",
    async (order) => {
      expect(await findPayment(clientOf(upstream), order)).toEqual(payment);
    },
  );

  test("is not matched to another order", async () => {
    expect(await findPayment(clientOf(upstream), { reference: "order-00" })).toBeUndefined();
  });
});

describe("request", () => {
  test("calls any other endpoint with the same token", async () => {
    const client = clientOf(upstream);
    upstream.answer = () => ({ id: "T12345678.t", success: false, status: "FAILED" });
    const body = { session: { order: { amount: 100 } }, payment: { operation: "recurring_purchase" } };
    expect(await client.request("POST", "/sessions/pay", { body })).toMatchObject({ success: false });
    expect(upstream.last).toMatchObject({ method: "POST", path: "/v1/sessions/pay" });
    expect(JSON.parse(upstream.last!.body)).toEqual(body);
    await client.request("GET", "/transactions/T12345678.t", {
      query: { includes: ["card.payment_token", "session"], none: undefined },
    });
    expect(upstream.last!.path).toBe(
      "/v1/transactions/T12345678.t?includes=card.payment_token&includes=session",
    );
    expect(upstream.calls.filter((call) => call === "POST token")).toHaveLength(1);
  });

  test("resolves to undefined for an empty answer, and to any JSON as it is", async () => {
    const client = clientOf(upstream, {
      fetch: (url, init) =>
        String(url).endsWith("/token")
          ? fetch(url, init)
          : Promise.resolve(new Response(null, { status: 204 })),
    });
    expect(await client.request("DELETE", "/sessions/T12345678.s")).toBeUndefined();
    for (const answer of [[], [1], null, "text", 5, { a: null }]) {
      upstream.answer = () => answer;
      expect(await clientOf(upstream).request("GET", "/x")).toEqual(answer);
    }
  });

  test("repeats a GET, and other methods only where Dintero certainly did not process the request", async () => {
    upstream.faults["GET"] = [{ status: 500 }];
    await clientOf(upstream).request("GET", "/transactions");
    expect(upstream.calls.filter((call) => call === "GET transactions")).toHaveLength(2);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      upstream.calls.length = 0;
      upstream.faults[method === "POST" ? "POST sessions" : method] = [{ status: 500 }];
      await expect(clientOf(upstream).request(method, "/sessions/pay")).rejects.toMatchObject({
        retryable: false,
      });
      upstream.faults[method === "POST" ? "POST sessions" : method] = [{ status: 429 }];
      await clientOf(upstream).request(method, "/sessions/pay");
      expect(upstream.calls.filter((call) => call === `${method} sessions/pay`)).toHaveLength(3);
    }
  });

  test("fails with the same errors, without a secret in them", async () => {
    upstream.faults["POST sessions"] = { status: 400 };
    const error: unknown = await clientOf(upstream)
      .request("POST", "/sessions/pay", { body: { x: clientSecret } })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "DinteroError", code: "refused", status: 400, requestId: "req-1" });
    expect((error as Error).message).toMatch(/^POST .*\/v1\/sessions\/pay: Dintero answered 400 WRONG/);
    const aborted = clientOf(upstream).request("GET", "/x", { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "aborted" });
  });

  test.each([
    "",
    "sessions",
    "/",
    "//evil.example",
    "/sessions/../transactions/x/void",
    "/sessions/./x",
    "/sessions/%2e%2e/x",
    "/sessions/a b",
    "/sessions?x=1",
    "/sessions#x",
    "/sessions/",
    "/sessions\\x",
    "https://evil.example/",
    "/v1/sessions",
    undefined,
    5,
  ])("refuses the path %j, and sends nothing", async (path) => {
    await expect(clientOf(upstream).request("GET", path as string)).rejects.toMatchObject({
      code: "invalid-options",
      message: expect.stringMatching(/^path must be/) as string,
    });
    expect(upstream.calls).toEqual([]);
  });

  test.each(["get", "TRACE", "", undefined])("refuses the method %j", async (method) => {
    await expect(clientOf(upstream).request(method as string, "/x")).rejects.toMatchObject({
      message: "method must be GET, POST, PUT, PATCH, DELETE",
    });
  });
});
