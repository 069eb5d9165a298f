import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDinteroClient, DinteroError, type DinteroClientOptions } from "../../src/server/index.ts";
import { clientOf, record } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId, clientId, clientSecret, startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

const good = { accountId, clientId, clientSecret };

test.each<[string, object]>([
  ["accountId", { accountId: "12345678" }],
  ["accountId", { accountId: "T1234567" }],
  ["accountId", { accountId: "X12345678" }],
  ["accountId", { accountId: clientSecret }],
  ["accountId", { accountId: "T12345678/../P00000000" }],
  ["clientId", { clientId: 5 }],
  ["clientSecret", { clientSecret: `${clientSecret}\n` }],
  ["clientSecret", { clientSecret: {} }],
  ["apiUrl", { apiUrl: "api.dintero.com" }],
  ["apiUrl", { apiUrl: "https://api.dintero.com/v1" }],
  ["apiUrl", { apiUrl: "https://api.dintero.com/v1/" }],
  ["checkoutUrl", { checkoutUrl: "ftp://checkout.dintero.com" }],
  ["checkoutUrl", { checkoutUrl: `https://user:${clientSecret}@checkout.dintero.com` }],
  ["checkoutUrl", { checkoutUrl: "https://user:password@checkout.dintero.com" }],
  ["timeout", { timeout: Number.POSITIVE_INFINITY }],
  ["timeout", { timeout: Number.NaN }],
  ["system.name", { system: { name: "bøtik", version: "1" } }],
  ["system.version", { system: { name: "shop", version: "1\r\nx: y" } }],
])("a wrong %s is refused by name, without its value: %j", (name, wrong) => {
  let error: unknown;
  try {
    createDinteroClient({ ...good, ...wrong } as DinteroClientOptions);
  } catch (reason) {
    error = reason;
  }
  record(error);
  expect(error).toBeInstanceOf(DinteroError);
  expect(error).toMatchObject({
    code: "invalid-options",
    message: expect.stringMatching(`^${name} `) as string,
  });
});

describe.each([
  ["accountId", "DINTERO_ACCOUNT_ID"],
  ["clientId", "DINTERO_CLIENT_ID"],
  ["clientSecret", "DINTERO_CLIENT_SECRET"],
])("a missing %s", (name, variable) => {
  test.each([
    ["undefined", undefined],
    ["blank", ""],
    ["blank", " \n"],
  ])("(%s: %j) is no error while a module loads; each call rejects with it", async (received, value) => {
    const requests: unknown[] = [];
    const fetch = (url: unknown) => {
      requests.push(url);
      return Promise.reject(new Error());
    };
    const client = createDinteroClient({ ...good, fetch, [name]: value } as DinteroClientOptions);
    const error = {
      name: "DinteroError",
      code: "invalid-options",
      message: `${name} must be given, and is ${received}: set ${variable}`,
    };
    for (const call of [
      client.createSession(tShirt),
      client.getSession("T12345678.a"),
      client.listTransactions(),
      client.captureTransaction("T12345678.a", { amount: 1 }),
      client.request("GET", "/sessions"),
    ])
      await expect(call).rejects.toMatchObject(error);
    expect(requests).toEqual([]);
    expect(client.accountId).toBe(name === "accountId" ? "" : accountId);
    expect(client.testMode).toBe(name !== "accountId");
  });
});

test("testMode distinguishes test accounts from production accounts", () => {
  expect(createDinteroClient(good).testMode).toBe(true);
  expect(createDinteroClient({ ...good, accountId: "P12345678" }).testMode).toBe(false);
});

test.each<[string, object, string, string]>([
  ["Dintero's own are the default", {}, "https://api.dintero.com/v1", "https://checkout.dintero.com/v1"],
  [
    "a blank one is unset",
    { apiUrl: "", checkoutUrl: " " },
    "https://api.dintero.com/v1",
    "https://checkout.dintero.com/v1",
  ],
  [
    "a trailing slash is ignored",
    { apiUrl: "http://a/", checkoutUrl: "http://b:1/" },
    "http://a/v1",
    "http://b:1/v1",
  ],
  [
    "a checkoutUrl with a path is taken as it is",
    { checkoutUrl: "https://api.dintero.com/v1/accounts/T12345678/payments" },
    "https://api.dintero.com/v1",
    "https://api.dintero.com/v1/accounts/T12345678/payments",
  ],
  [
    "a checkoutUrl with /v1 means the same as without",
    { checkoutUrl: "https://checkout.dintero.com/v1/" },
    "https://api.dintero.com/v1",
    "https://checkout.dintero.com/v1",
  ],
  [
    "an apiUrl with a path gets its /v1",
    { apiUrl: "http://a/x/" },
    "http://a/x/v1",
    "https://checkout.dintero.com/v1",
  ],
])("addresses: %s", async (_, options, api, checkout) => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = (url) => {
    urls.push(String(url));
    return Promise.resolve(Response.json({ access_token: "abc", expires_in: 100, id: "T12345678.a" }));
  };
  await createDinteroClient({ ...good, fetch, ...options }).getSession("T12345678.a");
  expect(urls).toEqual([`${api}/accounts/T12345678/auth/token`, `${checkout}/sessions/T12345678.a`]);
});

test("every method sends its call of Dintero's REST API", async () => {
  const client = clientOf(upstream);
  const id = "T12345678.a_b-c";
  const seen = async (call: Promise<unknown>) => {
    await call;
    const { method, path, body } = upstream.last!;
    return [`${method} ${path}`, body && (JSON.parse(body) as unknown)];
  };
  expect(await seen(client.createSession(tShirt))).toEqual(["POST /v1/sessions-profile", tShirt]);
  expect(await seen(client.getSession(id))).toEqual([`GET /v1/sessions/${id}`, ""]);
  expect(await seen(client.updateSession(id, { order: tShirt.order }))).toEqual([
    `PUT /v1/sessions/${id}`,
    { order: tShirt.order, remove_lock: true },
  ]);
  expect(
    await seen(client.updateSession(id, { order: tShirt.order, remove_lock: false }, { withoutLock: true })),
  ).toEqual([`PUT /v1/sessions/${id}?update_without_lock=true`, { order: tShirt.order, remove_lock: false }]);
  expect(await seen(client.cancelSession(id))).toEqual([`POST /v1/sessions/${id}/cancel`, ""]);
  expect(await seen(client.getTransaction(id))).toEqual([`GET /v1/transactions/${id}`, ""]);
  expect(await seen(client.captureTransaction(id, { amount: 100, capture_reference: "c1" }))).toEqual([
    `POST /v1/transactions/${id}/capture`,
    { amount: 100, capture_reference: "c1" },
  ]);
  expect(await seen(client.refundTransaction(id, { amount: 50, reason: "torn" }))).toEqual([
    `POST /v1/transactions/${id}/refund`,
    { amount: 50, reason: "torn" },
  ]);
  expect(await seen(client.voidTransaction(id))).toEqual([`POST /v1/transactions/${id}/void`, ""]);
  expect(await seen(client.getCardToken(id))).toEqual([`GET /v1/card-tokens/${id}`, ""]);
  expect(await seen(client.deleteCardToken(id))).toEqual([`DELETE /v1/card-tokens/${id}`, ""]);
  upstream.answer = () => [];
  expect(await seen(client.listSessions({ search: "order-1", "created_at.gte": "2026-11-22" }))).toEqual([
    "GET /v1/sessions?search=order-1&created_at.gte=2026-11-22",
    "",
  ]);
  expect(await seen(client.listCardTokens({ customer_id: "7", include_deleted: false }))).toEqual([
    "GET /v1/card-tokens?customer_id=7&include_deleted=false",
    "",
  ]);
});

test("strict amounts are requested, and the system is named", async () => {
  const system = { name: "shop", version: "1.2", pluginName: "plug", pluginVersion: "3" };
  await clientOf(upstream, { system }).createSession(tShirt);
  expect(upstream.last?.headers).toMatchObject({
    "dintero-feature-toggles": "strict-session-amounts",
    "dintero-system-name": "shop",
    "dintero-system-version": "1.2",
    "dintero-system-plugin-name": "plug",
    "dintero-system-plugin-version": "3",
    "content-type": "application/json",
  });
  await clientOf(upstream, { system: { name: "shop", version: "1", pluginName: undefined } }).getSession("a");
  expect(upstream.last?.headers).not.toHaveProperty("dintero-system-plugin-name");
});

test.each([
  "",
  ".",
  "..",
  "a/b",
  "../x",
  "a b",
  "a%2fb",
  "å",
  "a?b",
  "a#b",
  "a\n",
  "x".repeat(300),
  undefined,
  5,
  ["a"],
])("the id %j is refused, and nothing is sent", async (id) => {
  const client = clientOf(upstream);
  const wrong = id as string;
  for (const call of [
    () => client.getSession(wrong),
    () => client.cancelSession(wrong),
    () => client.updateSession(wrong, { order: tShirt.order }),
    () => client.getTransaction(wrong),
    () => client.captureTransaction(wrong, { amount: 1 }),
    () => client.refundTransaction(wrong, { amount: 1 }),
    () => client.voidTransaction(wrong),
    () => client.getCardToken(wrong),
    () => client.deleteCardToken(wrong),
  ]) {
    await expect(call()).rejects.toMatchObject({ name: "DinteroError", code: "invalid-id" });
  }
  expect(upstream.calls).toEqual([]);
});
