import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStatusHandler } from "../../src/server/index.ts";
import { clientOf, record, watch } from "./support/leaks.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
let status = "AUTHORIZED";
beforeEach(async () => {
  upstream = await startUpstream();
  status = "AUTHORIZED";
  upstream.answer = (call) => ({
    id: call.split("/").at(-1),
    status,
    amount: 29990,
    currency: "NOK",
    merchant_reference: "order-001",
    session_id: "T12345678.s",
    card: { masked_pan: "…" },
  });
});
afterEach(() => upstream[Symbol.asyncDispose]());

async function requestStatus(query: string, init: RequestInit = {}, accountId = "T12345678") {
  const handler = watch(
    createStatusHandler({
      client: clientOf(upstream, { accountId, retries: 0 }),
      onError: (error) => record(error),
    }),
  );
  const response = await handler(new Request(`https://shop.example/api/checkout/status${query}`, init));
  expect(response.headers.get("cache-control")).toBe("no-store");
  return [response.status, await response.json()] as const;
}

const own = "?transaction_id=T12345678.t&merchant_reference=order-001";

test.each([
  ["AUTHORIZED", "paid"],
  ["CAPTURED", "paid"],
  ["PARTIALLY_CAPTURED", "paid"],
  ["PARTIALLY_CAPTURED_REFUNDED", "paid"],
  ["PARTIALLY_REFUNDED", "paid"],
  ["REFUNDED", "paid"],
  ["ON_HOLD", "on-hold"],
  ["INITIATED", "pending"],
  ["INITIALIZED", "pending"],
  ["UNKNOWN", "pending"],
  ["DECLINED", "failed"],
  ["FAILED", "failed"],
  ["AUTHORIZATION_VOIDED", "cancelled"],
  ["SOMETHING_NEW", "pending"],
  ["constructor", "pending"],
])("%s is answered as %s, with only the reference, transaction and session", async (theirs, ours) => {
  status = theirs;
  expect(await requestStatus(own)).toEqual([
    200,
    { status: ours, merchantReference: "order-001", transactionId: "T12345678.t", sessionId: "T12345678.s" },
  ]);
});

test("without the reference it is 400 and no request is sent, because an id alone must not reveal a payment", async () => {
  expect(await requestStatus("?transaction_id=T12345678.t")).toEqual([
    400,
    { error: { code: "no-merchant-reference" } },
  ]);
  expect(upstream.calls).toEqual([]);
});

test.each(["order-002", "", "ORDER-001", "order-001%20"])(
  "it is never paid with the reference %j",
  async (reference) => {
    expect(await requestStatus(`?transaction_id=T12345678.t&merchant_reference=${reference}`)).toEqual([
      404,
      { error: { code: "not-found" } },
    ]);
  },
);

test.each(["", "?", "?transaction_id=", "?merchant_reference=order-001"])(
  "%j names no transaction: 400",
  async (query) => {
    expect(await requestStatus(query)).toEqual([400, { error: { code: "no-transaction-id" } }]);
  },
);

test.each(["..", "T12345678.%2F..%2Fx", "T12345678.a%3Fb", "T12345678./../../accounts", "%00"])(
  "%j is not a valid id: 400, without a request to Dintero",
  async (id) => {
    expect(await requestStatus(`?transaction_id=${id}`)).toEqual([
      400,
      { error: { code: "invalid-transaction-id" } },
    ]);
    expect(upstream.calls).toEqual([]);
  },
);

test.each(["T00000000.t", "P12345678.t", "T12345678", "T12345678x.t", "t12345678.t"])(
  "%j is another account's: 404, without a request to Dintero",
  async (id) => {
    expect(await requestStatus(`?transaction_id=${id}`)).toEqual([404, { error: { code: "not-found" } }]);
    expect(upstream.calls).toEqual([]);
  },
);

test("an unknown transaction is 404", async () => {
  upstream.faults["GET"] = { status: 404 };
  expect(await requestStatus(own)).toEqual([404, { error: { code: "not-found" } }]);
});

test("an answer about another transaction is no answer to this one: 502", async () => {
  upstream.answer = () => ({
    id: "T12345678.other",
    status,
    merchant_reference: "order-001",
    session_id: "s",
  });
  expect((await requestStatus(own))[0]).toBe(502);
});

test("when Dintero fails, the shopper gets an error and the developer its code", async () => {
  upstream.faults["GET"] = { status: 500 };
  expect(await requestStatus(own.replace("T1", "P1"), {}, "P12345678")).toEqual([
    502,
    { error: { code: "unavailable" } },
  ]);
  expect(await requestStatus(own)).toMatchObject([502, { error: { code: "unavailable" } }]);
});

describe("origins", () => {
  const allowedOrigins = ["https://Shop.example:443", "capacitor://localhost"];
  async function call(headers: HeadersInit, init: RequestInit = {}) {
    const handler = watch(createStatusHandler({ client: clientOf(upstream), allowedOrigins }));
    return handler(new Request(`https://api.example/status${own}`, { headers, ...init }));
  }

  test.each(["https://shop.example", "capacitor://localhost"])("a page of %s may read it", async (origin) => {
    const response = await call({ origin, "sec-fetch-site": "cross-site" });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    expect(response.headers.get("vary")).toBe("Origin");
    const preflight = await call({ origin }, { method: "OPTIONS" });
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET, OPTIONS",
    ]);
  });

  test("a page of another origin is refused, without a request to Dintero", async () => {
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      const response = await call(headers);
      expect([response.status, await response.json()]).toEqual([403, { error: { code: "forbidden" } }]);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
    expect(upstream.calls).toEqual([]);
  });

  test.each(["*", "null", "https://shop.example/path"])(
    "%j is refused when the handler is created",
    (origin) => {
      expect(() => createStatusHandler({ client: clientOf(upstream), allowedOrigins: [origin] })).toThrow(
        /^allowedOrigins must be like https:/,
      );
    },
  );
});

test("only a valid session id reaches the browser", async () => {
  upstream.answer = () => ({
    id: "T12345678.t",
    status: "AUTHORIZED",
    merchant_reference: "order-001",
    session_id: "<img src=x>",
  });
  expect(await requestStatus(own)).toMatchObject([200, { sessionId: "" }]);
});

test.each(["POST", "PUT", "DELETE"])("%s is 405", async (method) => {
  expect(await requestStatus(own, { method })).toEqual([405, { error: { code: "method-not-allowed" } }]);
});
