import { afterEach, beforeEach, expect, test } from "vitest";
import { createSessionHandler } from "../../src/server/index.ts";
import { clientOf, record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { clientId, clientSecret, startUpstream, type Fault, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

/** ms: short for a call that hangs, long for one that is answered on a busy machine. */
const timeoutFor = (fault: Fault) => (fault === "hang" ? 1500 : 15_000);

const token = "POST token";
const session = "POST sessions-profile";

/** Permanent faults with their results: the handler's status, the error's code, the calls made. */
const table: [on: string, fault: Fault, status: number, code: string, retryable: boolean, calls: string[]][] =
  [
    [token, { status: 401 }, 502, "unauthorized", false, [token]],
    [token, { status: 500 }, 502, "unavailable", true, [token, token, token]],
    [token, "hang", 504, "timeout", true, [token, token, token]],
    [token, "reset", 502, "unavailable", true, [token, token, token]],
    [token, "cut", 502, "unavailable", true, [token, token, token]],
    [token, "rubbish", 502, "invalid-answer", false, [token]],
    [session, { status: 400 }, 502, "refused", false, [token, session]],
    [session, { status: 401 }, 502, "unauthorized", false, [token, session, token, session]],
    [session, { status: 403 }, 502, "forbidden", false, [token, session]],
    [session, { status: 404 }, 502, "not-found", false, [token, session]],
    [session, { status: 429 }, 502, "rate-limited", true, [token, session, session, session]],
    [session, { status: 500 }, 502, "unavailable", true, [token, session, session, session]],
    [session, "hang", 504, "timeout", true, [token, session, session, session]],
    [session, "reset", 502, "unavailable", true, [token, session, session, session]],
    [session, "cut", 502, "unavailable", true, [token, session, session, session]],
    [session, "rubbish", 502, "invalid-answer", false, [token, session]],
    [
      session,
      { status: 200, body: { id: "../x", url: "https://x.example/" } },
      502,
      "invalid-answer",
      false,
      [token, session],
    ],
    [
      session,
      { status: 200, body: { id: "T12345678.a", url: "javascript:1" } },
      502,
      "invalid-answer",
      false,
      [token, session],
    ],
    [session, { status: 200, body: { id: "T12345678.a" } }, 502, "invalid-answer", false, [token, session]],
    [
      session,
      { status: 307, headers: { location: "http://127.0.0.1:9/" } },
      502,
      "invalid-answer",
      false,
      [token, session],
    ],
  ];

const request = () =>
  new Request("https://shop.example/api/checkout", {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });

test.each(table)(
  "%s with the fault %j: %i, %s",
  { timeout: 60_000 },
  async (on, fault, status, code, retryable, calls) => {
    upstream.faults[on] = fault;
    const errors: unknown[] = [];
    const handler = (accountId: string) =>
      watch(
        createSessionHandler({
          client: clientOf(upstream, { timeout: timeoutFor(fault), ...(accountId && { accountId }) }),
          createSession: () => tShirt,
          onError: (error) => {
            record(error);
            errors.push(error);
          },
        }),
      );

    const developer = await handler("T12345678")(request());
    expect(upstream.calls).toEqual(calls);
    expect(developer.status).toBe(status);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ name: "DinteroError", code, retryable });
    expect((errors[0] as Error).message).toContain("/v1/");
    expect(await developer.json(), "the message is only for onError").toEqual({ error: { code } });

    const shopper = await handler("P12345678")(request());
    expect(shopper.status).toBe(status);
    expect(await shopper.json(), "no details for the shopper").toEqual({
      error: { code: "unavailable" },
    });
  },
);

test("a fault that occurs once is retried", async () => {
  for (const fault of [{ status: 500 }, { status: 503 }, { status: 429 }, "hang", "reset", "cut"] as const) {
    upstream.faults[session] = [fault];
    await expect(
      clientOf(upstream, { timeout: timeoutFor(fault) }).createSession(tShirt),
    ).resolves.toMatchObject({
      id: "T12345678.new",
    });
  }
});

test("a refused connection is reported with its address", async () => {
  await upstream[Symbol.asyncDispose]();
  await expect(clientOf(upstream, { retries: 0 }).createSession(tShirt)).rejects.toMatchObject({
    code: "unavailable",
    status: 0,
    retryable: true,
    message: expect.stringMatching(/^POST http.*auth\/token: no answer \(ECONNREFUSED\)$/) as string,
  });
  upstream = await startUpstream();
});

test("Dintero's message, list of errors and request id reach the developer", async () => {
  upstream.faults[session] = {
    status: 400,
    body: {
      error: { code: "INVALID_PARAMETER", message: "no such profile", errors: [{ field: "profile_id" }] },
    },
  };
  await expect(clientOf(upstream).createSession(tShirt)).rejects.toMatchObject({
    code: "refused",
    status: 400,
    message: expect.stringContaining("Dintero answered 400 INVALID_PARAMETER no such profile") as string,
    errors: [{ field: "profile_id" }],
    requestId: "req-1",
  });
});

test("an echoed token is redacted from a session's answer too", async () => {
  upstream.answer = () => ({ id: "T12345678.a", url: `https://checkout.dintero.com/?${upstream.tokens[0]}` });
  const { url } = await clientOf(upstream).createSession(tShirt);
  expect(url).toBe("https://checkout.dintero.com/?[redacted]");
});

test("an error of the merchant's own fetch that contains the request does not pass through", async () => {
  const client = clientOf(upstream, {
    retries: 0,
    fetch: (url, init) => {
      const error = new Error(`failed: ${JSON.stringify(init)}`, { cause: { init } });
      return Promise.reject(Object.assign(error, { request: { url, init } }));
    },
  });
  await expect(client.getSession("T12345678.a")).rejects.toMatchObject({ code: "unavailable" });
});

test("credentials are redacted from a request id and a connection error too", async () => {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64").replace(/=+$/, "");
  upstream.faults[session] = { status: 500, headers: { "request-id": `id of ${basic}` } };
  await expect(clientOf(upstream, { retries: 0 }).createSession(tShirt)).rejects.toMatchObject({
    requestId: "id of [redacted]",
  });
  const fetch = () => Promise.reject(Object.assign(new Error(), { code: `E ${clientSecret}` }));
  await expect(clientOf(upstream, { retries: 0, fetch }).createSession(tShirt)).rejects.toMatchObject({
    message: expect.stringMatching(/no answer \(E \[redacted\]\)$/) as string,
  });
});

test.each([undefined, null, "text", 5, {}])(
  "a fetch that throws %j rejects with a DinteroError",
  async (thrown) => {
    const client = clientOf(upstream, { retries: 0, fetch: () => Promise.reject(thrown) });
    await expect(client.getSession("T12345678.a")).rejects.toMatchObject({ code: "unavailable" });
  },
);
