import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createCallbackHandler, createSessionHandler, verifyCallback } from "../../../src/server/index.ts";
import { signRequest } from "../../../src/dintero/signature.ts";
import { clientOf, record, watch } from "../support/leaks.ts";
import { tShirt } from "../support/order.ts";
import {
  accountId,
  clientSecret,
  signatureSecret,
  startUpstream,
  type Upstream,
} from "../support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  vi.useRealTimers();
  await upstream[Symbol.asyncDispose]();
});

const id = `${accountId}.a`;
const tokenRequests = () => upstream.calls.filter((call) => call === "POST token").length;

/** Answers every request except those for a token. */
function fetchWith(answer: (init: RequestInit | undefined) => Response | Promise<Response>): typeof fetch {
  return async (url, init) => (String(url).endsWith("/auth/token") ? fetch(url, init) : answer(init));
}

describe("an answer of more than 1 MB", () => {
  const megabyte = 1024 * 1024;

  test("is refused while it arrives, even if it is endless", async () => {
    let sent = 0;
    let cancelled = false;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 64 * 1024;
          controller.enqueue(new Uint8Array(64 * 1024).fill(32));
        },
        cancel() {
          cancelled = true;
        },
      });
    const client = clientOf(upstream, { fetch: fetchWith(() => new Response(endless())) });
    await expect(client.getSession(id)).rejects.toMatchObject({
      code: "invalid-answer",
      status: 200,
      retryable: false,
      message: expect.stringContaining("Dintero answered 200 with more than 1 MB") as string,
    });
    expect(sent).toBeLessThanOrEqual(2 * megabyte);
    expect(cancelled).toBe(true);
  });

  test("is refused unread if Content-Length exceeds it", async () => {
    const body = new ReadableStream(
      {
        pull() {
          throw new Error("read");
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { "content-length": String(480 * megabyte) };
    const client = clientOf(upstream, { fetch: fetchWith(() => new Response(body, { headers })) });
    await expect(client.getSession(id)).rejects.toMatchObject({ code: "invalid-answer" });
  });

  test("is refused with an error status and as a token's answer too", async () => {
    const large = "x".repeat(megabyte + 1);
    upstream.faults["GET"] = { status: 404, body: { error: { message: large } } };
    await expect(clientOf(upstream).getSession(id)).rejects.toMatchObject({ code: "not-found", errors: [] });
    upstream.faults["POST token"] = { status: 200, body: { access_token: "abc", expires_in: 100, large } };
    await expect(clientOf(upstream).getSession(id)).rejects.toMatchObject({ code: "invalid-answer" });
  });

  test("is only refused above exactly 1 MB", async () => {
    const padding = "x".repeat(megabyte - JSON.stringify({ id, padding: "" }).length);
    upstream.answer = () => ({ id, padding });
    expect(await clientOf(upstream).getSession(id)).toEqual({ id, padding });
  });
});

test("200 calls with the same Retry-After are spread over time", async () => {
  vi.useFakeTimers();
  const waits: number[] = [];
  const begin = performance.now();
  const client = clientOf(upstream, {
    fetch: (url) => {
      if (String(url).endsWith("/auth/token")) {
        return Promise.resolve(Response.json({ access_token: "a-token-of-some-length", expires_in: 14_400 }));
      }
      if (performance.now() === begin) {
        return Promise.resolve(Response.json({}, { status: 429, headers: { "retry-after": "2" } }));
      }
      waits.push(performance.now() - begin);
      return Promise.resolve(Response.json({ id }));
    },
  });
  const calls = Promise.all(Array.from({ length: 200 }, () => client.getSession(id)));
  await vi.advanceTimersByTimeAsync(5_000);
  await calls;
  expect(waits).toHaveLength(200);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
  expect(Math.max(...waits)).toBeLessThan(3_000);
  expect(new Set(waits).size).toBeGreaterThan(50);
});

describe("a token endpoint that issues the rejected token again", () => {
  beforeEach(() => {
    const body = { access_token: "the-same-token-every-time", token_type: "Bearer", expires_in: 14_400 };
    upstream.faults["POST token"] = { status: 200, body };
  });

  test("is called twice for 200 simultaneous calls, not 201 times", async () => {
    const client = clientOf(upstream, { timeout: 10_000 });
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => client.getSession(id)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect(tokenRequests()).toBe(2);
  });

  test("is called twice for 200 calls in a row, and again later", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const client = clientOf(upstream, {
      fetch: fetchWith(() => Response.json({}, { status: 401 })),
    });
    const call = () => expect(client.getSession(id)).rejects.toMatchObject({ code: "unauthorized" });
    for (let index = 0; index < 200; index++) await call();
    expect(tokenRequests()).toBe(2);
    vi.advanceTimersByTime(60_001);
    await call();
    expect(tokenRequests()).toBe(3);
  });

  test("is called again for a new token later", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const client = clientOf(upstream);
    await expect(client.getSession(id)).rejects.toMatchObject({ code: "unauthorized" });
    vi.advanceTimersByTime(59_999);
    await expect(client.getSession(id)).rejects.toMatchObject({ code: "unauthorized", status: 401 });
    delete upstream.faults["POST token"];
    vi.advanceTimersByTime(1);
    expect(await client.getSession(id)).toMatchObject({ id });
  });
});

describe("the wall clock", () => {
  test.each([3_600_000, -3_600_000])("can jump by %i ms without affecting retries", async (jump) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    upstream.faults["GET"] = [{ status: 500 }, { status: 500 }];
    let answers = 0;
    const client = clientOf(upstream, {
      timeout: 4000,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        if (answers++ === 1) vi.setSystemTime(Date.now() + jump);
        return response;
      },
    });
    expect(await client.getSession(id)).toMatchObject({ id });
  });

  test("is read when it is needed, so that it can be faked after the client was created", async () => {
    const client = clientOf(upstream);
    await client.getSession(id);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 14_400_000 });
    await client.getSession(id);
    expect(tokenRequests()).toBe(2);
  });

  test("is also read when it is needed by the callback handler", async () => {
    const url = `https://shop.example/cb?session_id=${id}`;
    const handler = createCallbackHandler({
      accountId,
      signatureSecret,
      onCallback: () => {},
      onError: (error) => record(error),
    });
    const signed = { timestamp: 1_900_000_000, accountId, method: "GET", url };
    const headers = { "dintero-signature": await signRequest(signatureSecret, signed) };
    expect((await handler(new Request(url, { headers }))).status).toBe(503);
    vi.useFakeTimers({ toFake: ["Date"], now: 1_900_000_000_000 });
    expect((await handler(new Request(url, { headers }))).status).toBe(200);
  });
});

test.each<[string, object]>([
  ["publicUrl", { publicUrl: "https://" }],
  ["publicUrl", { publicUrl: "https://a b" }],
  ["publicUrl", { publicUrl: "https://shop.example:port" }],
  ["publicUrl", { publicUrl: "https://[" }],
  ["publicUrl", { publicUrl: "https://shop.example?" }],
  ["publicUrl", { publicUrl: "https://user@shop.example" }],
  ["publicUrl", { publicUrl: "ftp://shop.example" }],
  ["publicUrl", { publicUrl: null }],
  ["publicUrl", { publicUrl: 5 }],
  ["tolerance", { tolerance: Infinity }],
  ["tolerance", { tolerance: "300" }],
])("a %s that would never or always do is refused at start: %j", async (name, wrong) => {
  const options = { accountId, signatureSecret, onCallback: () => {}, ...wrong };
  const message = new RegExp(`^${name} must be `);
  expect(() => createCallbackHandler(options)).toThrow(message);
  await expect(verifyCallback(new Request("https://shop.example/"), options)).rejects.toThrow(message);
});

describe("secrets echoed by Dintero", () => {
  const halves = [clientSecret.slice(0, 12), clientSecret.slice(12)] as const;
  const escaped = [...clientSecret]
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  const base64 = Buffer.from(`the credentials are ${clientSecret}, sorry`).toString("base64");
  const bodies: [string, string][] = [
    [
      "escaped",
      `{"error":{"code":"WRONG","message":"wrong: ${escaped}","errors":[{"${escaped}":"${escaped}"}]}}`,
    ],
    [
      "in the base64 of a longer text",
      JSON.stringify({ error: { message: base64, errors: [{ echo: base64 }] } }),
    ],
    [
      "split over its errors",
      JSON.stringify({
        error: { message: "no", errors: halves.map((message, index) => ({ code: `E${index}`, message })) },
      }),
    ],
    ["split over a list", JSON.stringify({ error: { message: "no", errors: halves } })],
  ];

  test.each(bodies)("a secret that is %s is removed from an error", async (_, body) => {
    const client = clientOf(upstream, { fetch: fetchWith(() => new Response(body, { status: 400 })) });
    const error: unknown = await client.createSession(tShirt).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "refused" });
    const { message, errors } = error as { message: string; errors: readonly unknown[] };
    const text = message + JSON.stringify(errors);
    expect(text).toContain("[redacted]");
    for (const half of halves) expect(text).not.toContain(JSON.stringify(half).slice(1, -1));
    const decoded = text.split(/[^\w+/=]+/).map((part) => Buffer.from(part, "base64").toString());
    for (const half of halves) expect(decoded.join(" ")).not.toContain(half);
  });

  test.each(bodies)("no part of an answer with a secret that is %s reaches a browser", async (_, body) => {
    for (const account of ["T12345678", "P12345678"]) {
      const answer = () => new Response(body, { status: 400, headers: { "request-id": clientSecret } });
      const handler = watch(
        createSessionHandler({
          client: clientOf(upstream, { accountId: account, fetch: fetchWith(answer) }),
          createSession: () => tShirt,
          onError: (error) => record(error),
        }),
      );
      const headers = { "content-type": "application/json" };
      const response = await handler(
        new Request("https://shop.example/", { method: "POST", body: "{}", headers }),
      );
      expect(await response.json()).toEqual({
        error: { code: account.startsWith("T") ? "refused" : "unavailable" },
      });
    }
  });
});
