// Every door of the server, against input of every shape: there is an answer, no rejection that nobody handles, and a
// bound on what is read and called, which is counted and not timed.
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createCallbackHandler,
  createSessionHandler,
  createStatusHandler,
  verifyWebhook,
  type SessionHandlerOptions,
} from "../../src/server/index.ts";
import { signRequest } from "../../src/dintero/signature.ts";
import "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));
beforeEach(() => void (unhandled.length = 0));
afterEach(async () => {
  // Node reports them once the queue of microtasks is empty.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});

/** The same on every run. */
const runs = { numRuns: 400, seed: 27 };
const megabyte = 1024 * 1024;
const chunk = new Uint8Array(16 * 1024).fill(120);
const trap = (): never => {
  throw new Error("trap");
};
const hostile = new Proxy(() => {}, {
  get: trap,
  getPrototypeOf: trap,
  has: trap,
  ownKeys: trap,
  apply: trap,
});

interface Sent {
  readonly request: Request;
  /** Bytes that were taken out of a body that does not end. */
  read: () => number;
}

type BodyKind = "text" | "broken" | "endless" | "consumed" | "empty stream" | "none";
const bodyKinds: readonly BodyKind[] = [
  "text",
  "text",
  "broken",
  "endless",
  "consumed",
  "empty stream",
  "none",
];
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const text = fc.oneof(
  fc.json(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "null", "{", '{"__proto__":{"x":1}}', nested(50_000), `"${"x".repeat(70_000)}"`),
  fc.constantFrom(JSON.stringify("x".repeat(megabyte)), "a=1&a=2&%", "--x\r\n\r\n--x--", '{"order":null}'),
);
const value = fc.oneof(
  fc.string({ unit: "grapheme-ascii" }).map((one) => one.trim()),
  fc.constantFrom(
    "null",
    "https://shop.example",
    "https://evil.example",
    "cross-site",
    "same-origin",
    "t=1,v0-hmac-sha256=00",
  ),
  fc.constantFrom(
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
  ),
  fc.constantFrom("chunked", "0", "-1", "1e9", "NaN", "9".repeat(400), ",".repeat(2000)),
);
const headers = fc.dictionary(
  fc.constantFrom(
    "origin",
    "sec-fetch-site",
    "content-type",
    "content-length",
    "transfer-encoding",
    "access-control-request-headers",
    "dintero-signature",
    "event-signature",
    "event",
    "event-delivery",
  ),
  value,
  { maxKeys: 6 },
);
const id = fc.oneof(fc.constantFrom(`${accountId}.t`, "T00000000.t", "..", "%00", "a%2Fb", ""), fc.string());
const query = fc
  .dictionary(fc.constantFrom("session_id", "transaction_id", "merchant_reference", "sid_parameter_name"), id)
  .map((parameters) => new URLSearchParams(parameters).toString());
const method = fc.constantFrom("POST", "POST", "PUT", "GET", "GET", "OPTIONS", "DELETE", "HEAD", "PROPFIND");
const anySent = fc.record({
  method,
  headers,
  query,
  text,
  body: fc.constantFrom(...bodyKinds),
  isSigned: fc.boolean(),
});
/** Half of them get past the first checks, as far as the callbacks. */
const sent = fc.oneof(
  anySent,
  anySent.map((parts) => ({
    ...parts,
    ...{ method: "POST", headers: { "content-type": "application/json" }, text: "{}", isSigned: true },
    body: "text" as const,
  })),
);
type Parts = typeof sent extends fc.Arbitrary<infer T> ? T : never;

async function requestOf({ method, headers, query, text, body, isSigned }: Parts): Promise<Sent> {
  let bytes = 0;
  const streams: Partial<Record<BodyKind, () => ReadableStream>> = {
    broken: () =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(chunk);
          controller.error(new Error("cut"));
        },
      }),
    endless: () =>
      new ReadableStream({
        pull(controller) {
          bytes += chunk.length;
          // Whoever reads without a limit fails here, rather than never.
          if (bytes > 16 * megabyte) controller.error(new Error("read past every limit"));
          else controller.enqueue(chunk);
        },
      }),
    "empty stream": () => new ReadableStream({ start: (controller) => controller.close() }),
  };
  const hasBody = method !== "GET" && method !== "HEAD" && body !== "none";
  const url = `https://shop.example/door?${query}`;
  const all = new Headers(headers);
  if (isSigned) {
    const timestamp = Math.floor(Date.now() / 1000);
    all.set("dintero-signature", await signRequest(signatureSecret, { timestamp, accountId, method, url }));
    all.set("event-signature", createHmac("sha1", signatureSecret).update(text).digest("hex"));
  }
  const init = { method, headers: all, duplex: "half", ...(hasBody && { body: streams[body]?.() ?? text }) };
  const request = new Request(url, init as RequestInit);
  if (hasBody && body === "consumed") await request.text();
  return { request, read: () => bytes };
}

/** What a merchant's callback or a hook may do; responses are constants, used by many runs. */
const constants: readonly unknown[] = [
  Response.json({ error: { code: "sold-out" } }, { status: 409 }),
  new Response("{}"),
  new Response(null, { status: 204 }),
  Response.error(),
  Response.redirect("https://shop.example/login"),
  new Response(new ReadableStream({ start: (controller) => controller.error(new Error("cut")) })),
  new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })),
  { arrayBuffer: trap, status: 200, headers: hostile },
  Object.defineProperty({}, "then", { get: trap }),
  hostile,
  null,
  tShirt,
];
const anything = fc.anything({ withBigInt: true, withNullPrototype: true });
const outcome = fc.record({
  thing: fc.oneof(
    // By their number: fast-check looks into what it generates.
    fc.nat({ max: constants.length - 1 }).map((constant) => ({ constant })),
    anything.map((value) => ({ value })),
  ),
  how: fc.constantFrom("return", "throw", "reject"),
});
interface Outcome {
  readonly thing: { readonly constant: number } | { readonly value: unknown };
  readonly how: string;
}

function act({ thing, how }: Outcome): never {
  const given = "constant" in thing ? constants[thing.constant] : thing.value;
  if (how === "throw") throw given;
  return (how === "reject" ? Promise.reject(given) : given) as never;
}

async function expectAnswer(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  expect(response).toBeInstanceOf(Response);
  expect(response.status).toBeGreaterThanOrEqual(200);
  await response.text();
}

const client: SessionHandlerOptions["client"] = {
  testMode: true,
  createSession: (session) =>
    session?.order
      ? Promise.resolve({ id: `${accountId}.a`, url: "https://checkout.dintero.com/" })
      : Promise.reject(new TypeError("no order")),
  updateSession: () => Promise.resolve({ ...tShirt, id: `${accountId}.a` }),
};

test("the session handler answers whatever arrives, and whatever its callbacks do", async () => {
  await fc.assert(
    fc.asyncProperty(sent, outcome, outcome, async (parts, decision, hook) => {
      let calls = 0;
      let reports = 0;
      const decide = () => {
        calls += 1;
        return act(decision);
      };
      const onError = () => {
        reports += 1;
        return act(hook);
      };
      const allowedOrigins = ["https://evil.example"];
      const { request, read } = await requestOf(parts);
      const handler = createSessionHandler({
        client,
        createSession: decide,
        updateSession: decide,
        allowedOrigins,
        onError,
      });
      await expectAnswer(handler(request));
      expect(calls).toBeLessThanOrEqual(1);
      expect(reports).toBeLessThanOrEqual(1);
      expect(read()).toBeLessThanOrEqual(8 * chunk.length);
    }),
    runs,
  );
});

test("the callback handler answers whatever arrives, and whatever its callbacks do", async () => {
  await fc.assert(
    fc.asyncProperty(sent, outcome, outcome, async (parts, decision, hook) => {
      let calls = 0;
      const { request, read } = await requestOf(parts);
      const handler = createCallbackHandler({
        accountId,
        signatureSecret,
        onCallback: () => {
          calls += 1;
          return act(decision);
        },
        onError: () => act(hook),
      });
      await expectAnswer(handler(request));
      expect(calls).toBeLessThanOrEqual(parts.isSigned ? 1 : 0);
      expect(read()).toBeLessThanOrEqual(megabyte + 4 * chunk.length);
    }),
    runs,
  );
});

test("the status handler answers whatever arrives, whatever Dintero does, and paid for its own reference only", async () => {
  const answers = fc.oneof(
    outcome,
    fc.record({
      thing: fc.record({
        value: fc.record({
          id: fc.constantFrom(`${accountId}.t`, `${accountId}.u`),
          status: fc.oneof(fc.constantFrom("AUTHORIZED", "CAPTURED", "constructor"), fc.anything()),
          merchant_reference: fc.oneof(fc.constant("mine"), fc.anything()),
          session_id: fc.anything(),
        }),
      }),
      how: fc.constant("return"),
    }),
  );
  const addresses = fc.constantFrom(`transaction_id=${accountId}.t&merchant_reference=mine`, undefined);
  await fc.assert(
    fc.asyncProperty(sent, answers, addresses, async (parts, answer, address) => {
      let calls = 0;
      const getTransaction = () => {
        calls += 1;
        return act(answer);
      };
      const { request } = await requestOf({ ...parts, query: address ?? parts.query });
      const response = await createStatusHandler({
        client: { accountId, testMode: true, getTransaction },
        onError: () => act(answer),
      })(request);
      expect(response).toBeInstanceOf(Response);
      // A Response that the client itself throws is passed on as it is.
      if ("constant" in answer.thing) return;
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(calls).toBeLessThanOrEqual(1);
      const body = (await response.json()) as { status?: string; merchantReference?: string };
      if (!body.status) return;
      expect(answer.thing).toMatchObject({
        value: { id: `${accountId}.t`, merchant_reference: body.merchantReference },
      });
    }),
    runs,
  );
});

test("verifyWebhook resolves for signed JSON only, and rejects everything else with a status", async () => {
  await fc.assert(
    fc.asyncProperty(sent, async (parts) => {
      const { request, read } = await requestOf(parts);
      const result = await verifyWebhook(request, { secret: signatureSecret }).catch(
        (error: unknown) => error,
      );
      expect(read()).toBeLessThanOrEqual(megabyte + 4 * chunk.length);
      if (result instanceof Error) return void expect(result.message).not.toContain(signatureSecret);
      expect(parts.isSigned).toBe(true);
      expect(result).toHaveProperty("payload");
    }),
    runs,
  );
});
