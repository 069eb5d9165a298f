import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TokenStore } from "../../../src/server/index.ts";
import { createTokens } from "../../../src/server/transport/tokens.ts";
import { clientOf } from "../support/leaks.ts";
import { tShirt } from "../support/order.ts";
import { accountId, clientId, startUpstream, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(async () => {
  vi.useRealTimers();
  await upstream[Symbol.asyncDispose]();
});

/** Moves only the wall clock, not the timers of requests. */
const passTime = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

const tokenRequests = () => upstream.calls.filter((call) => call === "POST token").length;

function memoryStore(): TokenStore & { readonly values: Map<string, string>; readonly ttls: number[] } {
  const values = new Map<string, string>();
  const ttls: number[] = [];
  return {
    values,
    ttls,
    get: (key) => values.get(key),
    set: (key, value, ttl) => {
      ttls.push(ttl);
      values.set(key, value);
    },
  };
}

test("1,000 concurrent calls on a cold client make exactly one token request", async () => {
  // Only the token requests use the network: a thousand connections would test the machine.
  const session = { id: "T12345678.a", url: "https://checkout.dintero.com/v1/view/T12345678.a" };
  const client = clientOf(upstream, {
    fetch: (url, init) =>
      String(url).endsWith("/auth/token") ? fetch(url, init) : Promise.resolve(Response.json(session)),
  });
  const sessions = await Promise.all(Array.from({ length: 1000 }, () => client.createSession(tShirt)));
  expect(sessions).toHaveLength(1000);
  expect(tokenRequests()).toBe(1);
});

test("the token request has the grant type and audience that Dintero requires", async () => {
  upstream.faults["POST sessions-profile"] = { status: 400 };
  await clientOf(upstream)
    .createSession(tShirt)
    .catch(() => {});
  const calls: { url: string; init: RequestInit }[] = [];
  const client = clientOf(upstream, {
    fetch: async (url, init) => {
      calls.push({ url: String(url), init: init! });
      return fetch(url, init);
    },
  });
  await client.getSession("T12345678.a");
  const { url, init } = calls[0]!;
  expect(url).toBe(`${upstream.url}/v1/accounts/${accountId}/auth/token`);
  expect(JSON.parse(String(init.body))).toEqual({
    grant_type: "client_credentials",
    audience: `${upstream.url}/v1/accounts/${accountId}`,
  });
});

test("a token is used until shortly before it expires, then replaced", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const client = clientOf(upstream);
  upstream.expiresIn = 600;
  await client.getSession("T12345678.a");
  passTime(539_000);
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(1);
  passTime(2_000);
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(2);
});

test("a token with a lifetime below the margin is used for half of it", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const client = clientOf(upstream);
  upstream.expiresIn = 20;
  await client.getSession("T12345678.a");
  passTime(9_000);
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(1);
  passTime(2_000);
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(2);
});

test.each([undefined, null, 0, -5, "soon", Number.NaN])(
  "a token with the invalid lifetime %s is not cached",
  async (lifetime) => {
    upstream.expiresIn = lifetime;
    const store = memoryStore();
    const client = clientOf(upstream, { tokenStore: store });
    await client.getSession("T12345678.a");
    await client.getSession("T12345678.a");
    expect(tokenRequests()).toBe(2);
    expect(store.values.size).toBe(0);
  },
);

test("a 401 renews the token once and repeats the call once", async () => {
  const client = clientOf(upstream);
  await client.getSession("T12345678.a");
  upstream.revoked.add(upstream.tokens[0]!);
  await client.getSession("T12345678.b");
  expect(upstream.calls).toEqual([
    "POST token",
    "GET sessions/T12345678.a",
    "GET sessions/T12345678.b",
    "POST token",
    "GET sessions/T12345678.b",
  ]);
});

test("a second 401 is the answer", async () => {
  upstream.faults["GET"] = { status: 401 };
  await expect(clientOf(upstream).getSession("T12345678.a")).rejects.toMatchObject({
    code: "unauthorized",
    status: 401,
    retryable: false,
  });
  expect(upstream.calls).toEqual([
    "POST token",
    "GET sessions/T12345678.a",
    "POST token",
    "GET sessions/T12345678.a",
  ]);
});

test("a 403 renews the token once and repeats the call once: an expired one may be answered with it", async () => {
  upstream.faults["GET"] = [{ status: 403 }];
  const client = clientOf(upstream);
  expect(await client.getSession("T12345678.a")).toMatchObject({ id: "T12345678.a" });
  expect(upstream.calls).toEqual([
    "POST token",
    "GET sessions/T12345678.a",
    "POST token",
    "GET sessions/T12345678.a",
  ]);
});

test("a 403 of one call stops no other", async () => {
  upstream.faults["GET transactions"] = { status: 403 };
  const client = clientOf(upstream);
  await expect(client.getTransaction("T12345678.t")).rejects.toMatchObject({
    code: "forbidden",
    status: 403,
  });
  expect(await client.getSession("T12345678.a")).toMatchObject({ id: "T12345678.a" });
});

test.each(["in a row", "at once"])(
  "50 calls %s whose fresh token is rejected make two token requests",
  async (how) => {
    upstream.faults["GET"] = { status: 401 };
    const client = clientOf(upstream, { timeout: 10_000 });
    const call = () => client.getSession("T12345678.a").catch((error: unknown) => error);
    const errors: unknown[] = [];
    if (how === "in a row") for (let index = 0; index < 50; index++) errors.push(await call());
    else errors.push(...(await Promise.all(Array.from({ length: 50 }, call))));
    for (const error of errors)
      expect(error).toMatchObject({ code: "unauthorized", status: 401, retryable: false });
    expect(tokenRequests()).toBe(2);
  },
);

test("after a minute the token of other credentials is tried", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  upstream.faults["POST"] = [undefined, { status: 401 }, undefined, { status: 401 }];
  const client = clientOf(upstream);
  const capture = () => client.captureTransaction("T12345678.t", { amount: 1 });
  await expect(capture()).rejects.toMatchObject({ code: "unauthorized" });
  vi.advanceTimersByTime(59_000);
  await expect(capture()).rejects.toMatchObject({
    message: expect.stringContaining("not sent, because Dintero rejected a fresh token") as string,
  });
  vi.advanceTimersByTime(1_001);
  expect(await capture()).toMatchObject({ id: "T12345678.t" });
});

test("50 callers whose token was revoked renew it together", async () => {
  const client = clientOf(upstream, { timeout: 10_000 });
  await client.getSession("T12345678.a");
  upstream.revoked.add(upstream.tokens[0]!);
  await Promise.all(Array.from({ length: 50 }, () => client.getSession("T12345678.b")));
  expect(tokenRequests()).toBe(2);
});

test("a failed token request fails the calls that wait for it, but not later ones", async () => {
  upstream.faults["POST token"] = [{ status: 403 }];
  const client = clientOf(upstream);
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () => client.getSession("T12345678.a")),
  );
  expect(results.every((result) => result.status === "rejected")).toBe(true);
  expect(upstream.calls).toEqual(["POST token"]);
  await client.getSession("T12345678.a");
});

test("aborting one call does not abort the token request of the others", async () => {
  upstream.faults["POST token"] = ["hang", undefined];
  const client = clientOf(upstream, { timeout: 1000 });
  const controller = new AbortController();
  const arrived = upstream.arrival("POST token");
  const first = client.getSession("T12345678.a", { signal: controller.signal });
  const second = client.getSession("T12345678.b");
  await arrived;
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: "aborted", retryable: false });
  await expect(second).resolves.toBeTruthy();
});

test("later calls do not wait for a token request that its host has ended", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const requests = [
    () => new Promise<never>(() => {}),
    () => Promise.resolve({ token: "second", lifetime: 14_400 }),
  ];
  const tokens = createTokens({ key: "key", timeout: 12_000, requestToken: () => requests.shift()!() });
  void tokens.get();
  vi.advanceTimersByTime(11_999);
  void tokens.get();
  vi.advanceTimersByTime(1);
  expect(await tokens.get()).toBe("second");
});

test("instances share a token through the store: no further request once the first has stored it", async () => {
  const tokenStore = memoryStore();
  await clientOf(upstream, { tokenStore }).getSession("T12345678.a");
  await Promise.all([1, 2, 3].map(() => clientOf(upstream, { tokenStore }).getSession("T12345678.b")));
  expect(tokenRequests()).toBe(1);
  expect(tokenStore.ttls).toEqual([14340]);
  expect([...tokenStore.values.keys()]).toEqual([
    `dintero-token:${upstream.url}/v1/accounts/${accountId}:${clientId}`,
  ]);
});

test("four instances that all start cold make at most four token requests", async () => {
  const tokenStore = memoryStore();
  const clients = [1, 2, 3, 4].map(() => clientOf(upstream, { tokenStore, timeout: 10_000 }));
  await Promise.all(
    clients.flatMap((client) => Array.from({ length: 10 }, () => client.getSession("T12345678.a"))),
  );
  expect(tokenRequests()).toBeLessThanOrEqual(4);
});

test("a revoked token in the store is ignored once, and replaced", async () => {
  const tokenStore = memoryStore();
  await clientOf(upstream, { tokenStore }).getSession("T12345678.a");
  upstream.revoked.add(upstream.tokens[0]!);
  await clientOf(upstream, { tokenStore }).getSession("T12345678.b");
  await clientOf(upstream, { tokenStore }).getSession("T12345678.c");
  expect(upstream.calls.slice(2)).toEqual([
    "GET sessions/T12345678.b",
    "POST token",
    "GET sessions/T12345678.b",
    "GET sessions/T12345678.c",
  ]);
});

test("an expired token that is still in the store is not used", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const tokenStore = memoryStore();
  await clientOf(upstream, { tokenStore }).getSession("T12345678.a");
  passTime(14_400_000);
  await clientOf(upstream, { tokenStore }).getSession("T12345678.a");
  expect(tokenRequests()).toBe(2);
});

test.each([
  ["rubbish", () => "rubbish"],
  ["an object", () => ({}) as string],
  ["an empty text", () => ""],
  ["a token with a line break", () => "9999999999999 a\nb"],
  ["a token of 500 KB", () => `9999999999999 ${"a".repeat(500_000)}`],
  ["an error", () => Promise.reject(new Error("redis is gone"))],
  [
    "a throw",
    () => {
      throw new Error("redis is gone");
    },
  ],
])("a store that gives %s costs a token request and not the sale", async (_, get) => {
  const client = clientOf(upstream, { tokenStore: { get, set: () => Promise.reject(new Error("gone")) } });
  await client.getSession("T12345678.a");
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(1);
});

test("a store that hangs delays a call by one second and does not fail it", async () => {
  const never = () => new Promise<string>(() => {});
  const client = clientOf(upstream, { tokenStore: { get: never, set: never } });
  await client.getSession("T12345678.a");
  expect(tokenRequests()).toBe(1);
});

test.each([
  ["no token", {}],
  ["a number", { access_token: 5 }],
  ["500 KB", { access_token: "a".repeat(500_000) }],
  ["a line break in it", { access_token: "a\r\nb" }],
])("a token answer with %s is invalid-answer and is not quoted", async (_, body) => {
  upstream.faults["POST token"] = { status: 200, body };
  await expect(clientOf(upstream).getSession("T12345678.a")).rejects.toMatchObject({
    code: "invalid-answer",
  });
  expect(upstream.calls).toEqual(["POST token"]);
});
