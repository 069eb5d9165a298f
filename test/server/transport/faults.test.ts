import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionHandler } from "../../../src/server/index.ts";
import { inFakeTime } from "../support/fake-time.ts";
import { clientOf, record, watch } from "../support/leaks.ts";
import { tShirt } from "../support/order.ts";
import { clientId, clientSecret, startUpstream, type Fault, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

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
    [session, { status: 403 }, 502, "forbidden", false, [token, session, token, session]],
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

test.each(table)("%s with the fault %j: %i, %s", async (on, fault, status, code, retryable, calls) => {
  upstream.faults[on] = fault;
  const errors: unknown[] = [];
  // long where time is real: a busy machine is slow to answer
  const timeout = fault === "hang" ? 3000 : 15_000;
  const handler = (accountId: string) =>
    watch(
      createSessionHandler({
        client: clientOf(upstream, { timeout, accountId }),
        createSession: () => tShirt,
        onError: (error) => {
          record(error);
          errors.push(error);
        },
      }),
    );

  const send = (accountId: string) => {
    const call = () => handler(accountId)(request());
    return fault === "hang" ? inFakeTime({ upstream, timeout }, call) : call();
  };

  const developer = await send("T12345678");
  expect(upstream.calls).toEqual(calls);
  expect(developer.status).toBe(status);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ name: "DinteroError", code, retryable });
  expect((errors[0] as Error).message).toContain("/v1/");
  expect(await developer.json(), "the message is only for onError").toEqual({ error: { code } });

  const shopper = await send("P12345678");
  expect(shopper.status).toBe(status);
  expect(await shopper.json(), "no details for the shopper").toEqual({
    error: { code: "unavailable" },
  });
});

test("a fault that occurs once is retried", async () => {
  for (const fault of [{ status: 500 }, { status: 503 }, { status: 429 }, "hang", "reset", "cut"] as const) {
    upstream.faults[session] = [fault];
    const timeout = 9000;
    const call = () => clientOf(upstream, { timeout }).createSession(tShirt);
    const result = fault === "hang" ? inFakeTime({ upstream, timeout }, call) : call();
    await expect(result).resolves.toMatchObject({
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
    message: expect.stringMatching(
      /^POST http.*auth\/token: no answer: connect ECONNREFUSED 127.* \(ECONNREFUSED\)$/,
    ) as string,
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

test("a session whose url has the token in it is refused: the url goes to the browser", async () => {
  upstream.answer = () => ({ id: "T12345678.a", url: `https://checkout.dintero.com/?${upstream.tokens[0]}` });
  await expect(clientOf(upstream).createSession(tShirt)).rejects.toMatchObject({
    code: "invalid-answer",
    message: expect.stringContaining("Dintero answered 200: a url that contains a secret") as string,
  });
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
    requestId: expect.stringMatching(/^id of [\w+/]{10,16}\[redacted\]$/) as string,
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

describe("a reason why nothing could be sent", () => {
  const reject = (reason: unknown) => {
    const calls: string[] = [];
    const fetch: typeof globalThis.fetch = (url) => {
      calls.push(String(url));
      return Promise.reject(reason);
    };
    return { calls, client: clientOf(upstream, { fetch }) };
  };
  const failed = (code: string, message: string) =>
    Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(message), { code }) });

  test.each([
    failed("ERR_TLS_CERT_ALTNAME_INVALID", "Host: api.example. is not in the cert's altnames"),
    failed("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
    failed("CERT_HAS_EXPIRED", "certificate has expired"),
    failed("ERR_INVALID_URL", "Invalid URL"),
    Object.assign(new TypeError("fetch failed"), { cause: new Error("unknown scheme") }),
    Object.assign(new TypeError("fetch failed"), { cause: new Error("bad port") }),
    new TypeError("Failed to parse URL from x"),
    new TypeError("error sending request: invalid peer certificate: UnknownIssuer"),
  ])("that comes again is not waited for: %s", async (reason) => {
    const { calls, client } = reject(reason);
    const { message } = (reason.cause as Error | undefined) ?? reason;
    await expect(client.getSession("T12345678.a")).rejects.toMatchObject({
      code: "unavailable",
      retryable: false,
      message: expect.stringContaining(`no answer: ${message} (`) as string,
    });
    expect(calls).toHaveLength(1);
  });

  test("that may pass is tried again", async () => {
    for (const reason of [
      failed("EAI_AGAIN", "getaddrinfo EAI_AGAIN api.dintero.com"),
      failed("UND_ERR_CONNECT_TIMEOUT", "Connect Timeout Error"),
      failed("ECONNRESET", "Client network socket disconnected before secure TLS connection was established"),
    ]) {
      const { calls, client } = reject(reason);
      await expect(client.getSession("T12345678.a")).rejects.toMatchObject({ retryable: true });
      expect(calls).toHaveLength(3);
    }
  });

  test("is quoted without secrets, and shortened", async () => {
    const text = `socket of ${clientSecret} ${"x".repeat(5000)}\nsecond line`;
    const error: unknown = await reject(new Error(text))
      .client.getSession("T12345678.a")
      .catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/no answer: socket of \[redacted\] x{200,290} \(Error\)$/);
  });

  test("whose fields throw is a DinteroError too", async () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    );
    await expect(reject(hostile).client.getSession("T12345678.a")).rejects.toMatchObject({
      name: "DinteroError",
    });
  });
});

describe("the field `cache`", () => {
  const answer = (url: unknown) =>
    Response.json(
      String(url).endsWith("/token")
        ? { access_token: "a-token-of-some-length", expires_in: 14_400 }
        : { id: "T12345678.a" },
    );

  test("is no-store: a framework that keeps answers would keep a payment's first status", async () => {
    const caches: unknown[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      caches.push(init?.cache);
      return Promise.resolve(answer(url));
    };
    const client = clientOf(upstream, { fetch });
    await client.getSession("T12345678.a");
    await client.captureTransaction("T12345678.a", { amount: 1 });
    expect(caches).toEqual(["no-store", "no-store", "no-store"]);
  });

  test.each([
    "The 'cache' field on 'RequestInitializerDict' is not implemented.",
    "Unsupported cache mode: no-store",
  ])("is left out where the runtime's fetch refuses it: %s", async (message) => {
    const caches: unknown[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (!init || !("cache" in init)) return Promise.resolve(answer(url));
      caches.push(init.cache);
      throw new TypeError(message);
    };
    const client = clientOf(upstream, { fetch });
    await client.getSession("T12345678.a");
    await client.captureTransaction("T12345678.a", { amount: 1 });
    expect(caches).toEqual(["no-store"]);
  });
});
