import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOrder, createSandbox, pay, type Sandbox } from "../../src/sandbox/index.ts";
import { sampleSession } from "../../src/sandbox/sample-session.ts";

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(() => {
  process.off("unhandledRejection", note);
});

/** Names that mean something to JavaScript, and values of every type. */
const oddName = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "then", "", "0");
const json = fc.jsonValue({ maxDepth: 3 });
const value = fc.oneof(json, oddName, fc.constantFrom(-1, 1e308, NaN, "💥", "a".repeat(10_000)));

/** Takes a good body and puts something else at a random place of it, or adds a field. */
function damaged(good: object): fc.Arbitrary<unknown> {
  const places = paths(good);
  return fc
    .tuple(fc.constantFrom(...places), value, fc.boolean(), oddName)
    .map(([path, other, adds, name]) => {
      const copy = structuredClone(good) as Record<string, unknown>;
      let parent: Record<string, unknown> = copy;
      for (const step of path.slice(0, -1)) parent = parent[step] as Record<string, unknown>;
      const key = adds ? name : (path.at(-1) ?? "");
      Object.defineProperty(parent, key, {
        value: other,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return copy;
    });
}

function paths(of: object, before: readonly string[] = []): string[][] {
  return Object.entries(of).flatMap(([name, field]: [string, unknown]) => {
    const path = [...before, name];
    return [path, ...(typeof field === "object" && field !== null ? paths(field, path) : [])];
  });
}

const express = {
  shipping_address_callback_url: "http://127.0.0.1:1/",
  shipping_options: [{ id: "post", line_id: "p", amount: 100, title: "Post", operator: "Posten" }],
  discount_codes: { max_count: 2, callback_url: "http://127.0.0.1:1/" },
};
const configuration = { discounts: { express_discount_codes: { enabled: true } } };
const customer = { customer_id: "c", tokens: { "payex.creditcard": { payment_token: "x" } } };
/** Calls that are right, whose bodies are damaged. */
const calls: readonly (readonly [string, object])[] = [
  [
    "POST /v1/sessions-profile",
    { ...sampleSession, express, customer, configuration: { auto_capture: true }, metadata: { a: "b" } },
  ],
  ["POST /_sandbox/sessions", { order: sampleSession.order, express, customer }],
  ["PUT /v1/sessions/:id?update_without_lock=true", { order: sampleSession.order, express }],
  [
    "POST /v1/accounts/T12345678/auth/token",
    { grant_type: "client_credentials", audience: "http://127.0.0.1/v1/accounts/T12345678" },
  ],
  [
    "POST /v1/transactions/:transaction/capture",
    { amount: 100, items: [{ line_id: "1", amount: 100 }], capture_reference: "c" },
  ],
  ["POST /_sandbox/sessions/:id/capture", { amount: 100, items: [{ line_id: "1", amount: 100 }] }],
  [
    "POST /v1/transactions/:transaction/authorization",
    { amount: 100, items: [{ line_id: "1", amount: 100 }] },
  ],
  ...["/_sandbox/page/sessions/:plain", "/_sandbox/sessions/:plain"].map(
    (path) =>
      [
        `POST ${path}/pay`,
        {
          payment_product_type: "payex.creditcard",
          outcome: "authorized",
          card: { number: "4111", expiry: "1/30" },
          page: "x",
        },
      ] as const,
  ),
  ["POST /_sandbox/page/sessions/:plain/cancel", { page: "x" }],
  [
    "POST /_sandbox/page/sessions/:id/address",
    { address: { country: "NO", postal_code: "0154" }, client_side: true },
  ],
  ["POST /_sandbox/page/sessions/:id/address-result", { success: true }],
  ["POST /_sandbox/page/sessions/:id/discount", { codes: ["A"] }],
  ["POST /_sandbox/page/sessions/:id/shipping-option", { line_id: "p" }],
  [
    "POST /_sandbox/faults",
    {
      ...{ on: "capture", status: 503, headers: { "Retry-After": "1" }, delay: 0, times: 1, session: "x" },
      ...{ accepted: { after: 1, fails: true }, callback: { twice: true }, page: { silent: true } },
    },
  ],
  ["POST /_sandbox/deliveries/schedule", { retry_delay: 1 }],
  ["POST /_sandbox/sessions/:id/release", { status: "AUTHORIZED" }],
  ["POST /_sandbox/sessions/:id/post", { message: { type: "x" } }],
  [
    "POST /v1/accounts/T12345678/hooks/subscriptions",
    { config: { url: "http://127.0.0.1:1/", secret: { type: "HMAC-SHA1", value: "x" } }, events: ["x"] },
  ],
];
const good = calls.map(([, body]) => body);

const body = fc.oneof(
  fc.oneof(...good.map(damaged)).map((odd) => JSON.stringify(odd)),
  json.map((odd) => JSON.stringify(odd)),
  fc.string({ unit: "binary" }),
  fc.constantFrom("[".repeat(50_000), `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, '"', "\u0000", "1e999"),
);

const segment = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }).map(encodeURIComponentSafely),
  oddName,
  fc.constantFrom("%", "%E0%A4%A", "..", "%2e%2e", "%00", "T12345678.x"),
);
const session = ["", "/lock", "/cancel"];
const money = ["", "/capture", "/refund", "/void", "/authorization"];
const page = ["", "/refresh", "/pay", "/cancel", "/lock", "/address", "/address-result", "/discount"];
const control = [
  "pay",
  "hold",
  "release",
  "unsettle",
  "cancel",
  "capture",
  "refund",
  "void",
  "complete",
  "post",
];
const template = fc.constantFrom(
  ...["/", "/v1/view/:id", "/embedResult", "/v1/accounts/T12345678/auth/token", "/v1/sessions"],
  ...["/v1/sessions-profile", "/v1/sessions/payment-token", "/v1/sessions/pay", "/v1/transactions"],
  ...session.map((action) => `/v1/sessions/:id${action}`),
  ...money.map((action) => `/v1/transactions/:transaction${action}`),
  ...[...page, "/shipping-option", "/events"].map((action) => `/_sandbox/page/sessions/:id${action}`),
  ...control.map((action) => `/_sandbox/sessions/:id/${action}`),
  ...[
    "checkout",
    "sessions",
    "faults",
    "deliveries",
    "deliveries/hurry",
    "deliveries/schedule",
    "events",
  ].map((path) => `/_sandbox/${path}`),
  ...[
    "hooks/subscriptions",
    "payments/sessions",
    "payments/transactions",
    "branding",
    "payments/profiles",
  ].map((path) => `/v1/accounts/T12345678/${path}`),
);
const path = fc.oneof(
  { weight: 5, arbitrary: template },
  { weight: 1, arbitrary: fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`) },
);
const parameter = fc.oneof(
  oddName,
  fc.constantFrom("limit", "starting_after", "includes", "search", "status", "created_at.gte", "amount.lte"),
  fc.constantFrom("after", "sid", "language", "sdk", "ui", "error"),
);
const query = fc.array(fc.tuple(parameter, fc.oneof(fc.string({ unit: "binary" }), oddName)), {
  maxLength: 3,
});

const anyCall = fc.record({
  method: fc.constantFrom("GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"),
  path,
  body,
});
const damagedCall = fc.oneof(
  ...calls.map(([name, body]) => {
    const [method = "", path = ""] = name.split(" ");
    return fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      body: damaged(body).map((odd) => JSON.stringify(odd)),
    });
  }),
);

const hostile = fc.record({
  call: fc.oneof(damagedCall, anyCall),
  query,
  authorization: fc.constantFrom(
    "token",
    "token",
    "token",
    "credentials",
    "Basic ",
    "Basic %%%",
    "Bearer",
    "",
    "x y z",
  ),
  headers: fc.dictionary(
    fc.constantFrom(
      "Content-Length",
      "Dintero-Feature-Toggles",
      "Dintero-System-Name",
      "Origin",
      "Host",
      "Accept",
    ),
    fc.constantFrom("x", "-1", "1e9", "strict-session-amounts", "null", "http://127.0.0.1", "*/*", "[", ":"),
    { maxKeys: 2 },
  ),
});

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

/** Half a pair of surrogates cannot be sent. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "");
}

const basic = ({ clientId, clientSecret }: Sandbox) => `Basic ${btoa(`${clientId}:${clientSecret}`)}`;

async function tokenOf(sandbox: Sandbox): Promise<string> {
  const answer = await sandbox.fetch("http://127.0.0.1/v1/accounts/T12345678/auth/token", {
    method: "POST",
    headers: { Authorization: basic(sandbox) },
    body: JSON.stringify({
      grant_type: "client_credentials",
      audience: "http://127.0.0.1/v1/accounts/T12345678",
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test("whatever is sent to it, the sandbox answers, and never with a 500 of its own", async () => {
  const fetch = async () => new Response("{}");
  let sandbox = createSandbox({ fetch, keep: 50 });
  let token = await tokenOf(sandbox);
  let open = await createOrder(sandbox, { express, configuration });
  let paid = await pay(await createOrder(sandbox));
  let plain = open;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(hostile, async ({ call: { method, path, body }, query, authorization, headers }) => {
      if (count++ % 50 === 0) {
        sandbox = createSandbox({ fetch, keep: 50 });
        token = await tokenOf(sandbox);
        open = await createOrder(sandbox, { express, configuration });
        paid = await pay(await createOrder(sandbox));
      }
      if (path.includes(":plain")) plain = await createOrder(sandbox);
      const url = new URL(
        `http://127.0.0.1${path.replace(":id", open.id).replace(":transaction", paid.id).replace(":plain", plain.id)}`,
      );
      for (const [name, text] of query) url.searchParams.append(name, wellFormed(text));
      // It waits for news otherwise, as it should.
      if (url.pathname.endsWith("/events")) url.searchParams.set("wait", "0");
      const known = new Map([
        ["token", `Bearer ${token}`],
        ["credentials", basic(sandbox)],
      ]);
      const given = new Headers(headers);
      given.set("Authorization", known.get(authorization) ?? authorization);
      const takesBody = method !== "GET" && method !== "HEAD";
      const request = new Request(url, { method, headers: given, ...(takesBody && { body }) });
      const answer = await sandbox.fetch(request);
      // Others would be answered as the fault says.
      sandbox.faults.clear();
      const text = await answer.text();
      if (answer.status >= 500) expect.fail(`${method} ${url.pathname}${url.search} ${body}: ${text}`);
    }),
    { numRuns: 2000, endOnFailure: false, seed: 20261201 },
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});
