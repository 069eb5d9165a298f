import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DinteroClient, DinteroError } from "../../../src/server/index.ts";
import { inFakeTime } from "../support/fake-time.ts";
import { clientOf } from "../support/leaks.ts";
import { tShirt } from "../support/order.ts";
import { startUpstream, type Fault, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  vi.useRealTimers();
  await upstream[Symbol.asyncDispose]();
});

const id = "T12345678.a";

const money: [string, (client: DinteroClient) => Promise<unknown>, string][] = [
  [
    "capture",
    (client) => client.captureTransaction(id, { amount: 29990 }),
    `POST transactions/${id}/capture`,
  ],
  ["refund", (client) => client.refundTransaction(id, { amount: 29990 }), `POST transactions/${id}/refund`],
  ["void", (client) => client.voidTransaction(id), `POST transactions/${id}/void`],
  ["cancellation", (client) => client.cancelSession(id), `POST sessions/${id}/cancel`],
];

describe.each(money)("a %s", (_, moveMoney, call) => {
  test.each<Fault>([
    { status: 500 },
    { status: 503, headers: { "retry-after": "0" } },
    "reset",
    "cut",
    "hang",
    "rubbish",
  ])("is not repeated after %j, because it may have been done, and is not retryable", async (fault) => {
    upstream.faults[call] = fault;
    const timeout = 9000;
    const send = () => moveMoney(clientOf(upstream, { timeout }));
    const result = fault === "hang" ? inFakeTime({ upstream, timeout }, send) : send();
    await expect(result).rejects.toMatchObject({ retryable: false });
    expect(upstream.calls.filter((one) => one === call)).toHaveLength(1);
  });

  test("is repeated after 429, because it was not done", async () => {
    upstream.faults[call] = [{ status: 429 }, { status: 429, headers: { "retry-after": "0" } }];
    await moveMoney(clientOf(upstream));
    expect(upstream.calls.filter((one) => one === call)).toHaveLength(3);
  });

  test("is repeated once with a new token after 401, because it was not done", async () => {
    upstream.faults[call] = [{ status: 401 }];
    await moveMoney(clientOf(upstream));
    expect(upstream.calls).toEqual(["POST token", call, "POST token", call]);
  });

  test("is repeated where the runtime reports a refused connection", async () => {
    const refusals = [
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }),
      Object.assign(new Error("Unable to connect."), { code: "ConnectionRefused" }),
      new TypeError("error sending request: tcp connect error: Connection refused (os error 111)"),
    ];
    for (const refusal of refusals) {
      let refused = 0;
      const client = clientOf(upstream, {
        fetch: (url, init) => {
          const moves = !/token/.test(String(url));
          return moves && refused++ === 0 ? Promise.reject(refusal) : fetch(url, init);
        },
      });
      await moveMoney(client);
      expect(refused).toBe(2);
    }
  });

  test("is not repeated when the connection broke in another way", async () => {
    let tries = 0;
    const client = clientOf(upstream, {
      fetch: (url, init) => {
        if (/token/.test(String(url))) return fetch(url, init);
        tries++;
        return Promise.reject(
          Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } }),
        );
      },
    });
    await expect(moveMoney(client)).rejects.toMatchObject({ code: "unavailable", retryable: false });
    expect(tries).toBe(1);
  });
});

test("reads, creations and updates are repeated", async () => {
  upstream.faults[`GET`] = [{ status: 500 }, { status: 502 }];
  await clientOf(upstream).getTransaction(id);
  upstream.faults["PUT"] = [{ status: 500 }];
  await clientOf(upstream).updateSession(id, { order: tShirt.order });
  expect(upstream.calls.filter((call) => call.startsWith("PUT"))).toHaveLength(2);
});

test("retries are bounded by `retries`", async () => {
  upstream.faults["GET"] = { status: 500, headers: { "retry-after": "0" } };
  for (const retries of [0, 1, 4]) {
    upstream.calls.length = 0;
    await expect(clientOf(upstream, { retries }).getSession(id)).rejects.toMatchObject({ status: 500 });
    expect(upstream.calls.filter((call) => call.startsWith("GET"))).toHaveLength(1 + retries);
  }
});

test("Retry-After is respected, in seconds or as a date", async () => {
  for (const value of ["1", new Date(Date.now() + 2000).toUTCString()]) {
    upstream.faults["GET"] = [{ status: 429, headers: { "retry-after": value } }];
    const begin = Date.now();
    await clientOf(upstream).getSession(id);
    expect(Date.now() - begin).toBeGreaterThan(900 - (value === "1" ? 0 : 900));
  }
});

test("a Retry-After beyond the budget fails at once, and reports its duration", async () => {
  for (const value of ["13", "3600", "99999999999999999999", new Date(Date.now() + 60_000).toUTCString()]) {
    upstream.calls.length = 0;
    upstream.faults["GET"] = { status: 429, headers: { "retry-after": value } };
    const begin = Date.now();
    const error = (await clientOf(upstream)
      .getSession(id)
      .catch((reason: unknown) => reason)) as DinteroError;
    expect(error).toMatchObject({ code: "rate-limited", retryable: true });
    expect(error.retryAfter).toBeGreaterThan(12_000);
    expect(Date.now() - begin).toBeLessThan(5_000);
    expect(upstream.calls).toHaveLength(2);
  }
});

test.each(["soon", "-5", "", "1e3x"])("a Retry-After of %j is ignored", async (value) => {
  upstream.faults["GET"] = [{ status: 503, headers: { "retry-after": value } }];
  await expect(clientOf(upstream).getSession(id)).resolves.toBeTruthy();
});

test.each([undefined, "soon", "-5", "0", new Date(0).toUTCString()])(
  "an error whose Retry-After is %j has no retryAfter",
  async (value) => {
    upstream.faults["GET"] = { status: 429, headers: value === undefined ? {} : { "retry-after": value } };
    const error = await clientOf(upstream, { retries: 0 })
      .getSession(id)
      .catch((reason: unknown) => reason);
    expect((error as DinteroError).code).toBe("rate-limited");
    expect((error as DinteroError).retryAfter).toBeUndefined();
  },
);

test("by default a call ends within 12 s when Dintero never answers", async () => {
  upstream.faults["POST sessions-profile"] = "hang";
  upstream.faults["POST token"] = ["hang", undefined];
  let duration = 0;
  const call = async () => {
    const begin = performance.now();
    await clientOf(upstream)
      .createSession(tShirt)
      .finally(() => (duration = performance.now() - begin));
  };
  await expect(inFakeTime({ upstream, timeout: 5000 }, call)).rejects.toMatchObject({ code: "timeout" });
  expect(duration).toBeGreaterThan(11_000);
  expect(duration).toBeLessThanOrEqual(12_000);
});

test("a capture has 12 s, because its answer is not repeated", async () => {
  vi.useFakeTimers();
  const fetch: typeof globalThis.fetch = async (url, init) =>
    String(url).endsWith("/auth/token")
      ? Response.json({ access_token: "a-token-of-some-length", expires_in: 14_400 })
      : new Promise((resolve) => {
          const timer = setTimeout(() => resolve(Response.json({ id, status: "CAPTURED" })), 11_000);
          init?.signal?.addEventListener("abort", () => clearTimeout(timer));
        });
  const call = clientOf(upstream, { fetch }).captureTransaction(id, { amount: 29990 });
  call.catch(() => {});
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await call).toMatchObject({ status: "CAPTURED" });
});

test("an aborted call ends at once and is not repeated", async () => {
  upstream.faults["GET"] = "hang";
  const controller = new AbortController();
  const arrival = upstream.arrival("GET");
  const call = clientOf(upstream).getSession(id, { signal: controller.signal });
  await arrival;
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: "DinteroError", code: "aborted", retryable: false });
  await expect(clientOf(upstream).getSession(id, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "aborted",
  });
  expect(upstream.calls).toHaveLength(2);
});

test("a call that is aborted during a pause makes no further attempt", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const attempts: string[] = [];
  const answer = (url: string) =>
    url.endsWith("/auth/token")
      ? Response.json({ access_token: "token", expires_in: 3600 })
      : Response.json({}, { status: 429, headers: { "retry-after": "1" } });
  const controller = new AbortController();
  const capture = clientOf(upstream, {
    fetch: (url) => {
      attempts.push(url as string);
      return Promise.resolve(answer(url as string));
    },
  }).captureTransaction(id, { amount: 1 }, { signal: controller.signal });
  const ended = expect(capture).rejects.toMatchObject({ code: "aborted" });
  await vi.advanceTimersByTimeAsync(200);
  controller.abort();
  await ended;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(attempts.filter((url) => url.endsWith("/capture"))).toHaveLength(1);
});
