import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionHandler, type SessionRequest } from "../../src/server/index.ts";
import { clientOf, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream[Symbol.asyncDispose]());

const catalogue: Readonly<Record<string, number>> = { shirt: 29990, socks: 4900 };

/** A shop that looks up its prices and accepts any number as a quantity. */
async function createSession(request: Request): Promise<SessionRequest> {
  const type = request.headers.get("content-type") ?? "";
  const { sku, quantity } = type.includes("json")
    ? ((await request.json()) as { sku?: unknown; quantity?: unknown })
    : (Object.fromEntries(await request.formData()) as { sku?: unknown; quantity?: unknown });
  if (typeof sku !== "string" || !Object.hasOwn(catalogue, sku)) {
    throw Response.json({ error: { code: "unknown-product" } }, { status: 404 });
  }
  if (typeof quantity !== "number" && typeof quantity !== "string") throw new Response(null, { status: 400 });
  const count = Number(quantity);
  const amount = catalogue[sku]! * count;
  const items = [{ id: "1", line_id: "1", description: "x", quantity: count, amount }];
  return { ...tShirt, order: { ...tShirt.order, amount, items } };
}

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(1, 2, -1, 0, 0.5, 1e21, "2", "1e3", null, [2], {}),
);
const cart = fc.record(
  {
    sku: fc.oneof(fc.constantFrom("shirt", "socks", "__proto__", "constructor"), fc.string(), fc.anything()),
    quantity: number,
    amount: number,
    price: number,
    order: fc.anything(),
    __proto__: fc.anything(),
  },
  { requiredKeys: [] },
);
const text = fc.oneof(
  {
    weight: 30,
    arbitrary: cart.map((value) =>
      JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}` : part)),
    ),
  },
  { weight: 20, arbitrary: fc.json() },
  { weight: 10, arbitrary: fc.string() },
  {
    weight: 10,
    arbitrary: cart.map((value) =>
      JSON.stringify({ sku: "shirt", quantity: typeof value.quantity }).slice(0, -2),
    ),
  },
  {
    weight: 10,
    arbitrary: fc.dictionary(fc.string(), fc.string()).map((form) => `${new URLSearchParams(form)}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "[".repeat(50_000),
      '{"a":'.repeat(10_000),
      `{"x":"${"y".repeat(70_000)}"}`,
      "\uFEFF{}",
      "null",
      "[]",
    ),
  },
);
const type = fc.oneof(
  { weight: 5, arbitrary: fc.constant("application/json") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "multipart/form-data; boundary=x",
      "text/plain",
      "application/json; charset=utf-16",
      "",
    ),
  },
);

test(
  "10,000 hostile bodies end in a 4xx or in a session priced by the catalogue",
  { timeout: 120_000 },
  async () => {
    const handler = watch(
      createSessionHandler({
        client: clientOf(upstream, { fetch: (url, init) => answer(String(url), init) }),
        createSession,
        onError: () => {},
      }),
    );
    let created: Pick<SessionRequest, "order">[] = [];
    function answer(url: string, init?: RequestInit): Promise<Response> {
      if (url.endsWith("/auth/token")) return fetch(url, init);
      created.push(JSON.parse(String(init?.body)) as SessionRequest);
      return Promise.resolve(Response.json({ id: "T12345678.a", url: "https://checkout.dintero.com/" }));
    }
    const outcomes: Record<number, number> = {};
    await fc.assert(
      fc.asyncProperty(text, type, async (body, contentType) => {
        created = [];
        const headers: HeadersInit = contentType ? { "content-type": contentType } : {};
        const request = new Request("https://shop.example/api/checkout", {
          method: "POST",
          body: new TextEncoder().encode(body),
          headers,
        });
        const { status } = await handler(request);
        outcomes[status] = (outcomes[status] ?? 0) + 1;
        const [session] = created;
        if (session) {
          const { amount, items } = session.order;
          expect([200, 303]).toContain(status);
          expect(Object.values(catalogue).some((price) => amount === price * items![0]!.quantity!)).toBe(
            true,
          );
          expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
        } else {
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
        }
      }),
      { numRuns: 10_000, seed: 20261122 },
    );
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(["200", "400", "404", "413", "415", "422"]));
  },
);
