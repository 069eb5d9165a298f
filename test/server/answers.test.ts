import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  createAddressHandler,
  createSessionHandler,
  type SessionHandlerOptions,
} from "../../src/server/index.ts";
import { record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId } from "./support/upstream.ts";

const url = "https://shop.example/api/checkout";
const json = { "content-type": "application/json" };
const created = { id: `${accountId}.a`, url: `https://checkout.dintero.com/v1/view/${accountId}.a` };
const client: SessionHandlerOptions["client"] = {
  testMode: false,
  createSession: () => Promise.resolve(created),
  updateSession: () => Promise.resolve({ ...tShirt, id: created.id }),
};
const errors: unknown[] = [];
beforeEach(() => {
  errors.length = 0;
});

const post = (init: RequestInit = {}) =>
  new Request(url, { method: "POST", body: "{}", headers: json, ...init });

function handlerOf(options: Partial<SessionHandlerOptions>) {
  return watch(
    createSessionHandler({
      client,
      createSession: () => tShirt,
      onError: (error) => {
        errors.push(error);
        record(error);
      },
      ...options,
    }),
  );
}

const soldOut = { error: { code: "sold-out", message: "Sold out." } };

describe.each(["thrown", "returned"])("a Response that is %s", (how) => {
  const callbackOf = (response: unknown) => () => {
    if (how === "thrown") throw response;
    return response as Response;
  };

  test("may be a constant: it answers any number of shoppers, at once and in turn", async () => {
    const constant = Response.json(soldOut, { status: 409, headers: { "x-shop": "1" } });
    const handler = handlerOf({ createSession: callbackOf(constant) });
    for (let round = 0; round < 3; round++) {
      const responses = await Promise.all([handler(post()), handler(post())]);
      for (const response of responses) {
        expect([response.status, response.headers.get("x-shop")]).toEqual([409, "1"]);
        expect(await response.json()).toEqual(soldOut);
      }
    }
    expect(errors).toEqual([]);
  });

  test("may be a constant of an express handler", async () => {
    const constant = Response.json({ shipping_options: [] });
    const handler = createAddressHandler({ shippingOptions: callbackOf(constant) });
    for (let round = 0; round < 3; round++) {
      const response = await handler(post({ body: JSON.stringify(tShirt) }));
      expect(await response.json()).toEqual({ shipping_options: [] });
    }
  });

  test("may have no body", async () => {
    const handler = handlerOf({ createSession: callbackOf(new Response(null, { status: 204 })) });
    expect((await handler(post())).status).toBe(204);
    expect((await handler(post())).status).toBe(204);
  });

  const read = new Response("{}");
  const locked = new Response("{}");
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
  test.each<[string, Response, RegExp]>([
    ["is Response.error()", Response.error(), /it is Response\.error\(\)/],
    ["has been read", read, /its body was read already/],
    ["is being read", locked, /its body was read already/],
    ["breaks off", new Response(broken), /cut/],
    ["does not end", new Response(endless), /its body is over 1 MB/],
  ])("that %s is 500, and onError receives why", async (_, response, reason) => {
    await read.text().catch(() => {});
    if (!locked.body!.locked) locked.body!.getReader();
    const handler = handlerOf({ createSession: callbackOf(response) });
    for (let round = 0; round < 2; round++) expect((await handler(post())).status).toBe(500);
    expect(errors).toMatchObject(Array(2).fill({ message: expect.stringMatching(reason) as string }));
  });

  test("whose body never arrives is 500 after 10 s", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const answer = handlerOf({ createSession: callbackOf(new Response(new ReadableStream())) })(post());
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).status).toBe(500);
  });
});

const trap = (): never => {
  throw new Error("trap");
};
const hostile = new Proxy({}, { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap });
test.each<[string, unknown]>([
  ["null", null],
  ["undefined", undefined],
  ["a symbol", Symbol("x")],
  ["an object that throws when it is read", hostile],
  ["an error whose code throws", Object.defineProperty(new Error("x"), "code", { get: trap })],
  ["half of a Response", { arrayBuffer: () => trap() }],
  ["a Response whose status is not one", { arrayBuffer: trap, status: 99, headers: new Headers() }],
  ["an object that passes for a framework's", { digest: hostile, status: hostile }],
])("%s that a callback throws is 500", async (_, thrown) => {
  const handlers = [
    handlerOf({
      createSession: () => {
        throw thrown;
      },
    }),
    handlerOf({ createSession: () => Promise.reject(thrown) }),
  ];
  for (const handler of handlers) expect((await handler(post())).status).toBe(500);
  expect(errors).toHaveLength(2);
});

describe("the answer does not wait for onError", () => {
  const failing = { createSession: () => Promise.reject(new Error("callback")) };

  test.each<[string, NonNullable<SessionHandlerOptions["onError"]>]>([
    ["never settles", () => new Promise(() => {})],
    ["throws", trap],
    ["rejects", () => Promise.reject(new Error("hook"))],
    ["returns what throws when it is awaited", () => Object.defineProperty({}, "then", { get: trap })],
    ["returns what rejects when it is awaited", () => ({ then: trap })],
  ])("that %s", async (_, onError) => {
    expect((await handlerOf({ ...failing, onError })(post())).status).toBe(500);
    expect((await handlerOf({ onError })(new Request(url))).status).toBe(405);
  });
});

describe("a shopper who leaves is not an error of the shop", () => {
  const leaving = () => {
    const controller = new AbortController();
    return { request: post({ signal: controller.signal }), leave: () => controller.abort() };
  };

  test("while the merchant's own fetch runs with the request's signal", async () => {
    const { request, leave } = leaving();
    const handler = handlerOf({
      createSession: ({ signal }) => {
        leave();
        signal.throwIfAborted();
        return tShirt;
      },
    });
    await handler(request);
    expect(errors).toEqual([]);
  });

  test("but an error of the shop at the same time is", async () => {
    const { request, leave } = leaving();
    const error = new Error("database is down");
    await handlerOf({
      createSession: () => {
        leave();
        throw error;
      },
    })(request);
    expect(errors).toEqual([error]);
  });

  test("nor is a call that the shop itself has ended", async () => {
    await handlerOf({ createSession: () => Promise.reject(AbortSignal.abort().reason as Error) })(post());
    expect(errors).toHaveLength(1);
  });

  test("in the middle of a body, on a real connection", async () => {
    const handler = handlerOf({});
    let listener!: RequestListener;
    let answered!: (answer: Promise<Response>) => void;
    const answer = new Promise<Response>((resolve) => (answered = resolve));
    const arrived = new Promise<void>((resolve) => {
      listener = getRequestListener((request, context) => {
        const response = handler(request, context);
        answered(response);
        resolve();
        return response;
      });
    });
    const server = createServer(listener);
    onTestFinished(() => void server.close());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const headers = { ...json, "content-length": "1000" };
    const sent = httpRequest({ port, host: "127.0.0.1", method: "POST", headers });
    sent.on("error", () => {});
    sent.write('{"product":');
    await arrived;
    sent.destroy();
    await answer;
    expect(errors).toEqual([]);
  });
});

describe("what a framework throws to steer itself passes through, unlogged", () => {
  class Redirect {
    readonly status = 303;
    readonly location = "/cart";
  }
  class HttpError {
    readonly status = 404;
    readonly body = { message: "No such cart" };
  }
  class H3Error extends Error {
    static readonly __h3_error__ = true;
  }
  const withDigest = (digest: string) => Object.assign(new Error(digest), { digest });
  const signals: [string, object][] = [
    ["redirect() of Next.js", withDigest("NEXT_REDIRECT;replace;/cart;307;")],
    ["notFound() of Next.js", withDigest("NEXT_HTTP_ERROR_FALLBACK;404")],
    ["the bail-out of prerendering", withDigest("DYNAMIC_SERVER_USAGE")],
    ["an interrupted prerendering", withDigest("NEXT_PRERENDER_INTERRUPTED")],
    ["a promise that hangs while prerendering", withDigest("HANGING_PROMISE_REJECTION")],
    ["a postponed render of React", { $$typeof: Symbol.for("react.postpone") }],
    ["redirect() of SvelteKit", new Redirect()],
    ["error() of SvelteKit", new HttpError()],
    ["createError() of Nuxt", new H3Error("No such cart")],
  ];

  test.each(signals)("%s", async (_, signal) => {
    const handler = handlerOf({
      createSession: () => {
        throw signal;
      },
    });
    await expect(handler(post())).rejects.toBe(signal);
    expect(errors).toEqual([]);
  });

  test.each<[string, object]>([
    ["an error with another digest", withDigest("2819348123")],
    ["a plain object with a status", { status: 404, body: { message: "x" } }],
    ["an HTTP client's error", Object.assign(new Error("x"), { status: 404, body: { message: "x" } })],
  ])("but %s is an error: 500", async (_, thrown) => {
    const handler = handlerOf({
      createSession: () => {
        throw thrown;
      },
    });
    expect((await handler(post())).status).toBe(500);
    expect(errors).toEqual([thrown]);
  });
});
