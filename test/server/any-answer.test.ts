// Whatever Dintero, a proxy in front of it or a merchant's own fetch answers: each call gives a value or a DinteroError.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDinteroClient, DinteroError, type DinteroClient } from "../../src/server/index.ts";
import { tShirt } from "./support/order.ts";
import { accountId, clientId, clientSecret } from "./support/upstream.ts";

const id = `${accountId}.a`;

const calls: readonly ((client: DinteroClient) => Promise<unknown>)[] = [
  (client) => client.createSession(tShirt),
  (client) => client.getSession(id),
  (client) => client.listSessions({ search: "order-1" }),
  (client) => client.updateSession(id, { order: tShirt.order }),
  (client) => client.cancelSession(id),
  (client) => client.getTransaction(id),
  (client) => client.listTransactions(),
  (client) => client.updateTransaction(id, { merchant_reference_2: "a" }),
  (client) => client.captureTransaction(id, { amount: 1 }),
  (client) => client.refundTransaction(id, { amount: 1 }),
  (client) => client.voidTransaction(id),
  (client) => client.listCardTokens(),
  (client) => client.getCardToken(id),
  (client) => client.deleteCardToken(id),
  (client) => client.request("POST", "/sessions/pay", { body: {} }),
];

const encode = (text: string) => new TextEncoder().encode(text);

/** JSON of any shape, often like Dintero's. */
const json = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      id: fc.oneof(fc.constantFrom(id, "P00000000.b", "", "../x"), fc.jsonValue()),
      url: fc.oneof(fc.constantFrom("https://checkout.dintero.com/x", "javascript:1"), fc.jsonValue()),
      access_token: fc.oneof(fc.constantFrom("token", "a\nb", "x".repeat(10_000)), fc.jsonValue()),
      expires_in: fc.jsonValue(),
      events: fc.oneof(
        fc.array(fc.record({ event: fc.constantFrom("CAPTURE", "VOID"), request_id: fc.jsonValue() })),
        fc.jsonValue(),
      ),
      error: fc.oneof(
        fc.record({ code: fc.jsonValue(), message: fc.jsonValue(), errors: fc.jsonValue() }),
        fc.jsonValue(),
      ),
      __proto__: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

const body = fc.oneof(
  { weight: 6, arbitrary: json.map((value) => encode(JSON.stringify(value))) },
  fc.uint8Array({ maxLength: 200 }),
  fc
    .constantFrom("[", '{"a":', '"\\u00')
    .chain((text) => fc.integer({ min: 1, max: 20_000 }).map((times) => encode(text.repeat(times)))),
);

const headers = fc.dictionary(
  fc.constantFrom(
    "request-id",
    "retry-after",
    "content-length",
    "content-type",
    "event-request-id",
    "location",
  ),
  fc.oneof(fc.constantFrom("0", "1", "1e9", "-1", "soon", "NaN"), fc.string({ unit: "grapheme-ascii" })),
);

/** What a fetch may resolve with that is no `Response`, or not a whole one. */
const strange = fc.constantFrom<unknown>(
  undefined,
  null,
  5,
  "text",
  {},
  { status: 200 },
  { status: 200, headers: new Headers() },
  {
    status: "200",
    headers: { get: () => 5 },
    body: null,
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(2)),
  },
  { status: 200, headers: new Headers(), body: new ReadableStream({ pull: (one) => one.enqueue("text") }) },
  { status: 200, headers: new Headers(), body: new ReadableStream({ pull: (one) => one.error("broken") }) },
);

const reasons = fc.constantFrom<unknown>(
  undefined,
  null,
  "text",
  5,
  Symbol("s"),
  new Error("no"),
  Object.create(null),
  { cause: { code: 5 } },
  new DOMException("x", "AbortError"),
);

const answer = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        status: fc.oneof(
          fc.constantFrom(200, 202, 204, 401, 403, 429, 500),
          fc.integer({ min: 200, max: 599 }),
        ),
        body,
        headers,
      })
      .map((one) => (): unknown => {
        const isEmpty = [204, 205, 304].includes(one.status);
        const cleaned = Object.entries(one.headers).filter(([, value]) => !/[^ -~]/.test(value));
        return new Response(isEmpty ? null : one.body.slice(), { status: one.status, headers: cleaned });
      }),
  },
  strange.map((value) => () => value),
  reasons.map((reason) => (): unknown => {
    throw reason;
  }),
);

test(
  "any answers give a value or a DinteroError, in bounded time, with nothing unhandled",
  { timeout: 120_000 },
  async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const token = () => Response.json({ access_token: "a-token-of-some-length", expires_in: 14_400 });
    const property = fc.asyncProperty(
      fc.constantFrom(...calls),
      fc.oneof(fc.constant(token), answer),
      fc.array(answer, { minLength: 1, maxLength: 3 }),
      async (call, issue, answers) => {
        let next = 0;
        const fetch = async (url: unknown) => {
          const give = String(url).endsWith("/auth/token")
            ? issue
            : answers[Math.min(next++, answers.length - 1)]!;
          return give() as Response;
        };
        const client = createDinteroClient({
          accountId,
          clientId,
          clientSecret,
          fetch,
          retries: 0,
          timeout: 2000,
        });
        const error: unknown = await call(client).then(
          () => undefined,
          (reason: unknown) => reason ?? "nothing",
        );
        if (error !== undefined) expect(error).toBeInstanceOf(DinteroError);
        expect((error as Error | undefined)?.message.length ?? 0).toBeLessThan(1200);
      },
    );
    await fc.assert(property, { numRuns: 600, seed: 20261201, interruptAfterTimeLimit: 60_000 });
    // An unhandled rejection is reported after the microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  },
);

test("any argument gives a value or a DinteroError", async () => {
  const fetch = (url: unknown) =>
    Promise.resolve(
      Response.json(String(url).endsWith("/token") ? { access_token: "t", expires_in: 100 } : { id }),
    );
  const client = createDinteroClient({ accountId, clientId, clientSecret, fetch }) as unknown as Record<
    string,
    (...values: unknown[]) => Promise<unknown>
  >;
  const circular: Record<string, unknown> = { amount: 1 };
  circular["self"] = circular;
  let deep: unknown = 1;
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  const throws = {
    amount: 1,
    toJSON: () => {
      throw new Error("no");
    },
  };
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
      ownKeys: () => {
        throw new Error("no");
      },
    },
  );
  const values = [
    undefined,
    null,
    5,
    1n,
    "x",
    id,
    [],
    {},
    circular,
    { amount: 1, extra: 1n },
    { amount: 1, deep },
    throws,
    hostile,
    { order: { ...tShirt.order, extra: 1n } },
    { ...tShirt, extra: 1n },
    { signal: 5 },
    { signal: null },
  ];
  for (const [name, call] of Object.entries(client)) {
    if (typeof call !== "function") continue;
    for (const first of values)
      for (const second of values)
        for (const third of [undefined, null, { signal: "x" }]) {
          const error: unknown = await call(first, second, third).then(
            () => undefined,
            (reason: unknown) => reason ?? "nothing",
          );
          if (error !== undefined)
            expect(error, `${name}(${typeof first}, ${typeof second})`).toBeInstanceOf(DinteroError);
        }
  }
});
