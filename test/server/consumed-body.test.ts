import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, test } from "vitest";
import {
  createAddressHandler,
  createCallbackHandler,
  createDiscountHandler,
  createSessionHandler,
  DinteroError,
  verifyWebhook,
  type Handler,
  type SessionHandlerOptions,
} from "../../src/server/index.ts";
import { signRequest } from "../../src/dintero/signature.ts";
import { record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

type SessionHandler = ReturnType<typeof createSessionHandler>;

const created = { id: `${accountId}.a`, url: `https://checkout.dintero.com/v1/view/${accountId}.a` };
const client: SessionHandlerOptions["client"] = {
  testMode: false,
  createSession: () => Promise.resolve(created),
  updateSession: () => Promise.resolve({ ...tShirt, id: created.id }),
};
const secret = "webhook secret";
const payload = JSON.stringify({ order: { amount: 0 } });
const json = { "content-type": "application/json" };

/** Every function that reads a body, with its request. */
const readers: [string, (onError: (error: unknown) => void) => Handler, RequestInit & { body: string }][] = [
  [
    "the session handler, JSON",
    (onError) => createSessionHandler({ client, createSession: () => tShirt, onError }),
    { method: "POST", headers: json, body: payload },
  ],
  [
    "the session handler, a form",
    (onError) => createSessionHandler({ client, createSession: () => tShirt, onError }),
    { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "sku=shirt" },
  ],
  [
    "the session handler, an update",
    (onError) =>
      createSessionHandler({
        client,
        createSession: () => tShirt,
        updateSession: () => ({ order: tShirt.order }),
        onError,
      }),
    { method: "PUT", headers: json, body: payload },
  ],
  [
    "the address handler",
    (onError) => createAddressHandler({ shippingOptions: () => [], onError }),
    { method: "POST", headers: json, body: payload },
  ],
  [
    "the discount handler",
    (onError) => createDiscountHandler({ discounts: () => ({}), onError }),
    { method: "POST", headers: json, body: payload },
  ],
  [
    "verifyWebhook",
    (onError) => async (request) => {
      try {
        return Response.json(await verifyWebhook(request, { secret }));
      } catch (error) {
        onError(error);
        return new Response(null, { status: (error as DinteroError).status });
      }
    },
    {
      method: "POST",
      headers: { ...json, "event-signature": createHmac("sha1", secret).update(payload).digest("hex") },
      body: payload,
    },
  ],
];

const url = `https://shop.example/api?session_id=${accountId}.a`;

describe.each(readers)("%s", (_, make, init) => {
  const errors: unknown[] = [];
  const handler = watch(
    make((error) => {
      record(error);
      errors.push(error);
    }),
  );
  const consumed = [
    {
      code: "body-consumed",
      status: 500,
      message: expect.stringMatching(/ was read before this handler got it.*express\.json/) as string,
    },
  ];

  test("accepts an unread body", async () => {
    expect((await handler(new Request(url, init))).status).toBeLessThan(400);
  });

  test.each<[string, (request: Request) => unknown]>([
    ["was read", (request) => request.text()],
    ["is being read", (request) => request.body?.getReader()],
    ["was thrown away", (request) => request.body?.cancel()],
  ])("answers 500 and names the cause when the body %s", async (_cause, consume) => {
    errors.length = 0;
    const request = new Request(url, init);
    await consume(request);
    expect((await handler(request)).status).toBe(500);
    expect(errors).toMatchObject(consumed);
  });

  test.each([{ "content-length": "9" }, { "transfer-encoding": "chunked" }])(
    "answers 500 when a host passes on the headers (%j) without the body",
    async (announcement) => {
      errors.length = 0;
      const headers = { ...(init.headers as Record<string, string>), ...announcement };
      for (const body of [undefined, new ReadableStream({ start: (controller) => controller.close() })]) {
        const request = new Request(url, { ...init, headers, body, duplex: "half" } as RequestInit);
        expect((await handler(request)).status).toBe(500);
      }
      expect(errors).toMatchObject([...consumed, ...consumed]);
    },
  );

  test.each(["with its length", "chunked"])("answers 500 behind a Node body parser, %s", async (how) => {
    errors.length = 0;
    const listener = getRequestListener(handler);
    await withServer(
      (request, response) => void readAll(request).then(() => listener(request, response)),
      async (origin) => {
        const body = how === "chunked" ? new Blob([init.body]).stream() : init.body;
        const address = `${origin}/?session_id=${accountId}.a`;
        const response = await fetch(address, { ...init, body, duplex: "half" } as RequestInit);
        expect(response.status).toBe(500);
      },
    );
    expect(errors).toMatchObject(consumed);
  });

  test("accepts the body that a parser of Express has kept as `rawBody`", async () => {
    const listener = getRequestListener(handler);
    await withServer(
      (request, response) => {
        void readAll(request).then((rawBody) => listener(Object.assign(request, { rawBody }), response));
      },
      async (origin) => {
        const response = await fetch(`${origin}/?session_id=${accountId}.a`, { ...init, redirect: "manual" });
        expect(response.status).toBeLessThan(400);
      },
    );
  });
});

describe("an empty chunked body", () => {
  const empty = () => new ReadableStream({ start: (controller) => controller.close() });
  const post = (origin: string) =>
    fetch(`${origin}/`, { method: "POST", headers: json, body: empty(), duplex: "half" } as RequestInit);

  test.each<[string, (handler: SessionHandler) => RequestListener]>([
    ["@hono/node-server says that nobody has read it", getRequestListener],
    [
      "Hono does",
      (handler) => getRequestListener((request, env) => handler(request, { req: { raw: request }, env })),
    ],
  ])("is an empty payload where %s", async (_, listenerOf) => {
    const payloads: unknown[] = [];
    const errors: unknown[] = [];
    const handler = createSessionHandler({
      client,
      async createSession(request) {
        payloads.push(await request.json());
        return tShirt;
      },
      onError: (error) => errors.push(error),
    });
    await withServer(listenerOf(handler), async (origin) => {
      expect((await post(origin)).status).toBe(200);
    });
    expect([payloads, errors]).toEqual([[{}], []]);
  });

  test("is an empty payload behind a parser that found nothing in it either", async () => {
    const listener = getRequestListener(createSessionHandler({ client, createSession: () => tShirt }));
    await withServer(
      (request, response) => void readAll(request).then(() => listener(request, response)),
      async (origin) => {
        expect((await post(origin)).status).toBe(200);
      },
    );
  });
});

test("an empty body without headers that announce one is an empty payload", async () => {
  const handler = createSessionHandler({ client, createSession: () => tShirt });
  for (const headers of [{}, { "content-length": "0" }, json]) {
    expect((await handler(new Request(url, { method: "POST", headers }))).status).toBe(200);
  }
});

test("a callback whose body was read is accepted, because nothing in it is trusted", async () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const address = `https://shop.example/cb?transaction_id=${accountId}.t`;
  const signed = { timestamp, accountId, method: "POST", url: address };
  const headers = { ...json, "dintero-signature": await signRequest(signatureSecret, signed) };
  const request = new Request(address, { method: "POST", body: payload, headers });
  await request.text();
  const callbacks: unknown[] = [];
  const handler = createCallbackHandler({
    accountId,
    signatureSecret,
    onCallback: (callback) => callbacks.push(callback),
  });
  expect((await handler(request)).status).toBe(200);
  expect(callbacks).toMatchObject([{ transactionId: `${accountId}.t` }]);
});

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function withServer(listener: RequestListener, use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
