import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSessionHandler, DinteroError, type SessionHandlerOptions } from "../../src/server/index.ts";
import { clientOf, record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream[Symbol.asyncDispose]());

const url = "https://shop.example/api/checkout";
const json = { "content-type": "application/json" };
const errors: unknown[] = [];
beforeEach(() => {
  errors.length = 0;
});

function handlerOf(options: Partial<SessionHandlerOptions> = {}, accountId = "T12345678") {
  return watch(
    createSessionHandler({
      client: clientOf(upstream, { accountId, timeout: 2000 }),
      createSession: () => tShirt,
      onError: (error) => {
        record(error);
        errors.push(error);
      },
      ...options,
    }),
  );
}

const post = (body: BodyInit | null = "{}", headers: HeadersInit = json, to = url) =>
  new Request(to, { method: "POST", body, headers });
const put = (query: string, body = "{}") => new Request(url + query, { method: "PUT", body, headers: json });

async function refusal(response: Response): Promise<unknown> {
  return [response.status, await response.json()];
}

describe("POST", () => {
  test("of JSON creates a session and answers its id and url, without caching", async () => {
    const response = await handlerOf()(post('{"cart":[1]}'));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("vary")).toBe("Origin");
    expect(await response.json()).toEqual({
      id: "T12345678.new",
      url: "https://checkout.dintero.com/v1/view/T12345678.new",
    });
    expect(JSON.parse(upstream.last!.body)).toEqual(tShirt);
  });

  test("of a plain form redirects the browser to Dintero's page", async () => {
    const seen: unknown[] = [];
    const handler = handlerOf({
      createSession: async (request) => {
        seen.push(Object.fromEntries(await request.formData()));
        return tShirt;
      },
    });
    const form = new FormData();
    form.set("cart", "shirt & tie");
    for (const body of [new URLSearchParams({ cart: "shirt & tie" }), form]) {
      const response = await handler(new Request(url, { method: "POST", body }));
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe("https://checkout.dintero.com/v1/view/T12345678.new");
    }
    expect(seen).toEqual([{ cart: "shirt & tie" }, { cart: "shirt & tie" }]);
  });

  test("passes the request to the merchant: method, address, headers and body", async () => {
    let seen: unknown;
    const handler = handlerOf({
      createSession: async (request) => {
        seen = [request.method, request.url, request.headers.get("cookie"), await request.json()];
        return tShirt;
      },
    });
    await handler(post('{"a":[1,"å"]}', { ...json, cookie: "cart=7" }, `${url}?x=1`));
    expect(seen).toEqual(["POST", `${url}?x=1`, "cart=7", { a: [1, "å"] }]);
  });

  test.each([
    ["no body and no type", post(null, {})],
    ["an empty body", post("", json)],
    ["null", post("null", { "content-type": "Application/JSON; charset=utf-8" })],
  ])("with %s is a payload of {}", async (_, request) => {
    let seen: unknown;
    const handler = handlerOf({
      createSession: async (own) => {
        seen = await own.json();
        return tShirt;
      },
    });
    expect((await handler(request)).status).toBe(200);
    expect(seen).toEqual({});
  });

  test.each(["{", "[1,", "undefined", "\u0000", "{'a':1}", "NaN"])(
    "of broken JSON (%j) is 400",
    async (body) => {
      expect(await refusal(await handlerOf()(post(body)))).toEqual([
        400,
        { error: { code: "invalid-body" } },
      ]);
      expect(upstream.calls).toEqual([]);
    },
  );

  test.each(["text/plain", "text/plain; application/json", "application/xml", "x", ""])(
    "of the type %j is 415",
    async (type) => {
      const request = post("{}", type ? { "content-type": type } : {});
      if (!type) request.headers.delete("content-type");
      expect(await refusal(await handlerOf()(request))).toEqual([
        415,
        { error: { code: "unsupported-type" } },
      ]);
    },
  );

  test("of 64 KB passes, and of one byte more is 413, whatever Content-Length says", async () => {
    const fits = JSON.stringify("x".repeat(64 * 1024 - 2));
    expect((await handlerOf()(post(fits))).status).toBe(200);
    for (const headers of [json, { ...json, "content-length": "2" }]) {
      expect(await refusal(await handlerOf()(post(`${fits} `, headers)))).toEqual([
        413,
        { error: { code: "too-large" } },
      ]);
    }
  });

  test("of an endless body is 413 after 64 KB", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const request = new Request(url, {
      method: "POST",
      body: endless,
      headers: json,
      duplex: "half",
    } as RequestInit);
    expect((await handlerOf()(request)).status).toBe(413);
    expect(sent).toBeLessThanOrEqual(128 * 1024);
  });

  test("whose sender disconnects ends with an error and does not hang", async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new Error("gone")),
    });
    const request = new Request(url, {
      method: "POST",
      body: broken,
      headers: json,
      duplex: "half",
    } as RequestInit);
    expect((await handlerOf()(request)).status).toBe(500);
  });

  test("ends when the shopper disconnects", async () => {
    upstream.faults["POST sessions-profile"] = "hang";
    const controller = new AbortController();
    const arrival = upstream.arrival("POST sessions-profile");
    const answer = handlerOf()(
      new Request(url, { method: "POST", body: "{}", headers: json, signal: controller.signal }),
    );
    await arrival;
    controller.abort();
    expect((await answer).status).toBe(502);
    expect(errors).toEqual([]);
  });
});

test("the merchant's callback is aborted when the shopper disconnects", async () => {
  const controller = new AbortController();
  const request = new Request(url, { method: "POST", signal: controller.signal });
  await handlerOf({
    createSession(own) {
      controller.abort();
      expect(own.signal.aborted).toBe(true);
      return tShirt;
    },
  })(request);
  expect(errors).toEqual([]);
});

describe("PUT ?session_id=", () => {
  const updateSession = (request: Request, sessionId: string) =>
    request.headers.get("cookie") === `owns=${sessionId}`
      ? { order: { amount: 100, currency: "NOK" } }
      : Response.json({ error: { code: "not-yours", message: "This is not your cart." } }, { status: 403 });

  test("updates the session that the merchant accepts as the shopper's, and unlocks it", async () => {
    const handler = handlerOf({ updateSession });
    const request = put("?session_id=T12345678.a");
    request.headers.set("cookie", "owns=T12345678.a");
    const response = await handler(request);
    expect([response.status, await response.json()]).toEqual([200, { id: "T12345678.a" }]);
    expect(upstream.calls.at(-1)).toBe("PUT sessions/T12345678.a");
    expect(JSON.parse(upstream.last!.body)).toEqual({
      order: { amount: 100, currency: "NOK" },
      remove_lock: true,
    });
  });

  test("for another shopper's session is refused with the merchant's message, and nothing is sent", async () => {
    const request = put("?session_id=T12345678.b");
    request.headers.set("cookie", "owns=T12345678.a");
    expect(await refusal(await handlerOf({ updateSession })(request))).toEqual([
      403,
      { error: { code: "not-yours", message: "This is not your cart." } },
    ]);
    expect(upstream.calls).toEqual([]);
  });

  test.each([
    "",
    "?session_id=",
    "?session_id=..",
    "?session_id=.",
    "?session_id=../transactions/x",
    "?session_id=a%2Fb",
    "?session_id=a%00",
    "?sid=T1.a",
  ])("with %j is 400, and updateSession() is not called", async (query) => {
    const handler = handlerOf({
      updateSession: () => {
        throw new Error("called");
      },
    });
    expect(await refusal(await handler(put(query)))).toEqual([400, { error: { code: "invalid-id" } }]);
    expect(errors).toMatchObject([{ code: "request-refused", status: 400 }]);
  });

  test("without updateSession is 405", async () => {
    const response = await handlerOf()(put("?session_id=T12345678.a"));
    expect(response.headers.get("allow")).toBe("POST");
    expect(await refusal(response)).toEqual([405, { error: { code: "method-not-allowed" } }]);
  });

  test("for which updateSession() returns nothing changes nothing", async () => {
    const handler = handlerOf({ updateSession: () => undefined as never });
    expect((await handler(put("?session_id=T12345678.a"))).status).toBe(500);
    expect(upstream.calls).toEqual([]);
  });
});

describe("other methods", () => {
  test.each(["GET", "HEAD", "DELETE", "PATCH", "OPTIONS"])(
    "%s is 405 and lists the allowed methods",
    async (method) => {
      const response = await handlerOf({ updateSession: () => ({ order: tShirt.order }) })(
        new Request(url, { method }),
      );
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("POST, PUT");
    },
  );
});

describe("origins", () => {
  const from = (headers: HeadersInit, method = "POST") =>
    new Request(url, { method, headers: { ...json, ...headers }, ...(method === "POST" && { body: "{}" }) });

  test.each<[string, HeadersInit]>([
    ["a client that is not a browser", {}],
    ["the page itself", { origin: "https://shop.example" }],
    [
      "the page itself, confirmed by the browser",
      { origin: "https://shop.example", "sec-fetch-site": "same-origin" },
    ],
    [
      "a page whose proxy hides the public address",
      { origin: "https://public.example", "sec-fetch-site": "same-origin" },
    ],
    ["a page that hides its origin from itself", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["the address bar", { "sec-fetch-site": "none" }],
  ])("a request from %s passes", async (_, headers) => {
    const response = await handlerOf()(from(headers));
    expect(response.status).toBe(200);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test.each<[string, HeadersInit]>([
    ["another site", { origin: "https://evil.example" }],
    [
      "another site, confirmed by the browser",
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    ],
    ["another site without Origin", { "sec-fetch-site": "cross-site" }],
    ["a sibling subdomain", { origin: "https://blog.shop.example", "sec-fetch-site": "same-site" }],
    ["a sandboxed frame", { origin: "null" }],
    ["another scheme", { origin: "http://shop.example" }],
    ["another port", { origin: "https://shop.example:8443" }],
    ["a look-alike", { origin: "https://shop.example.evil.example" }],
    ["an unknown value of Sec-Fetch-Site", { "sec-fetch-site": "nearby" }],
  ])("a request from %s is refused, and createSession() is not called", async (_, headers) => {
    const handler = handlerOf({
      allowedOrigins: ["https://app.example"],
      createSession: () => {
        throw new Error("called");
      },
    });
    for (const method of ["POST", "PUT", "OPTIONS"]) {
      const response = await handler(from(headers, method));
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(response.headers.get("vary")).toBe("Origin");
      expect(await refusal(response)).toEqual([403, { error: { code: "forbidden" } }]);
    }
    expect(errors).toMatchObject(Array(3).fill({ code: "request-refused", status: 403 }));
  });

  test("an allowed origin can send requests with its cookies and read the answer; `*` is never sent", async () => {
    const handler = handlerOf({
      allowedOrigins: ["https://app.example", "https://blog.shop.example"],
      updateSession: () => ({ order: tShirt.order }),
    });
    const preflight = await handler(
      from(
        {
          origin: "https://app.example",
          "access-control-request-method": "PUT",
          "sec-fetch-site": "cross-site",
        },
        "OPTIONS",
      ),
    );
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": expect.stringContaining("PUT") as string,
      "access-control-allow-headers": "content-type",
      vary: "Origin",
    });
    const sibling = { origin: "https://blog.shop.example", "sec-fetch-site": "same-site" };
    for (const request of [from(sibling), from({ ...sibling, "content-type": "text/plain" })]) {
      const response = await handler(request);
      expect(response.headers.get("access-control-allow-origin")).toBe("https://blog.shop.example");
      expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    }
  });

  test("a preflight of an allowed origin allows the headers that scripts on the page add, for two hours", async () => {
    const handler = handlerOf({ allowedOrigins: ["https://app.example"] });
    const wanted = {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "baggage,content-type,sentry-trace,x-datadog-origin",
    };
    const { headers } = await handler(from(wanted, "OPTIONS"));
    expect(headers.get("access-control-allow-headers")).toBe(wanted["access-control-request-headers"]);
    expect(headers.get("access-control-max-age")).toBe("7200");
    const other = await handler(from({ ...wanted, origin: "https://evil.example" }, "OPTIONS"));
    expect([other.status, other.headers.get("access-control-allow-headers")]).toEqual([403, null]);
  });

  test("a response that the merchant returns twice does not keep the first caller's origin", async () => {
    const soldOut = new Response(null, { status: 410 });
    const handler = handlerOf({ allowedOrigins: ["https://app.example"], createSession: () => soldOut });
    const allowed = await handler(from({ origin: "https://app.example" }));
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example");
    const own = await handler(from({ origin: "https://shop.example" }));
    expect(own.status).toBe(410);
    expect(own.headers.get("access-control-allow-origin")).toBeNull();
    expect(own.headers.get("vary")).toBe("Origin");
  });

  test("a response whose headers are immutable, returned or thrown, gets the CORS headers", async () => {
    const elsewhere = () => Response.redirect("https://shop.example/login");
    for (const createSession of [
      elsewhere,
      () => {
        throw elsewhere();
      },
    ]) {
      const handler = handlerOf({ allowedOrigins: ["https://app.example"], createSession });
      const response = await handler(from({ origin: "https://app.example" }));
      expect(response.status).toBe(302);
      expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example");
    }
  });

  test.each([
    "*",
    "null",
    "https://shop.example/path",
    "https://shop.example/?a",
    "https://shop.example#a",
    "https://user@shop.example",
    "localhost:3000",
    "//shop.example",
    "capacitor://",
    "file:///shop",
    "data://shop.example",
    "wss://shop.example",
    "shop.example",
    "https://*.example/x",
    "https://*.shop.example",
    "",
  ])("%j is not an origin and is refused when the handler is created", (origin) => {
    expect(() => handlerOf({ allowedOrigins: [origin] })).toThrow(
      expect.objectContaining({
        code: "invalid-options",
        message: expect.stringMatching(/^allowedOrigins must be like https:/) as string,
      }) as Error,
    );
  });
});

test.each([
  ["https://Shop.example", "https://shop.example"],
  ["https://shop.example:443", "https://shop.example"],
  ["http://shop.example:80/", "http://shop.example"],
  ["HTTPS://shop.example:8443", "https://shop.example:8443"],
  ["https://bücher.example", "https://xn--bcher-kva.example"],
  ["http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000"],
  ["capacitor://localhost", "capacitor://localhost"],
  ["ionic://localhost/", "ionic://localhost"],
  ["tauri://localhost", "tauri://localhost"],
  ["chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"],
  ["moz-extension://1B2E-4C", "moz-extension://1b2e-4c"],
])("the origin %s of `allowedOrigins` is %s in a browser", async (configured, sent) => {
  const handler = createSessionHandler({
    client: clientOf(upstream),
    createSession: () => tShirt,
    allowedOrigins: [configured],
  });
  const headers = { ...json, origin: sent, "sec-fetch-site": "cross-site" };
  const response = await handler(
    new Request("https://api.example/", { method: "POST", body: "{}", headers }),
  );
  expect(response.status).toBe(200);
  expect(response.headers.get("access-control-allow-origin")).toBe(sent);
  const other = { ...headers, origin: `${sent}.evil.example` };
  const refused = await handler(new Request(url, { method: "POST", body: "{}", headers: other }));
  expect(refused.status).toBe(403);
});

test("a string in place of the list of `allowedOrigins` is refused", () => {
  expect(() => handlerOf({ allowedOrigins: "https://shop.example" as never })).toThrow(
    /allowedOrigins must be a list/,
  );
});

describe("the merchant's callback", () => {
  test.each(["returned", "thrown"])("can answer itself: a Response that is %s is the answer", async (how) => {
    const own = () =>
      new Response('{"error":{"code":"sold-out","message":"Sold out <b>today</b>."}}', {
        status: 409,
        headers: [...Object.entries(json), ["set-cookie", "a=1"], ["set-cookie", "b=2"], ["vary", "Cookie"]],
      });
    const handler = handlerOf({
      createSession: () => {
        if (how === "thrown") throw own();
        return own();
      },
    });
    const response = await handler(post());
    expect(response.status).toBe(409);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("vary")).toBe("Cookie, Origin");
    expect(await response.json()).toEqual({ error: { code: "sold-out", message: "Sold out <b>today</b>." } });
    expect([errors, upstream.calls]).toEqual([[], []]);
  });

  test("that fails is 500 without a reason, and onError receives the error with the request", async () => {
    const error = new Error("database password is hunter2");
    let seen: unknown;
    for (const accountId of ["T12345678", "P12345678"]) {
      const handler = handlerOf(
        {
          createSession: () => Promise.reject(error),
          onError: (reason, request) => {
            seen = [reason, request.url];
          },
        },
        accountId,
      );
      expect(await refusal(await handler(post()))).toEqual([500, { error: { code: "internal" } }]);
      expect(seen).toEqual([error, url]);
    }
  });

  test("that cannot parse the body is 400", async () => {
    const handler = handlerOf({ createSession: async (request) => (await request.json()) as typeof tShirt });
    expect(
      (await handler(new Request(url, { method: "POST", body: new URLSearchParams("a=1") }))).status,
    ).toBe(400);
  });

  test("that returns a session with wrong amounts is 422, and only onError receives the details", async () => {
    const order = { ...tShirt, order: { ...tShirt.order, amount: 299.9 } };
    expect(await refusal(await handlerOf({ createSession: () => order })(post()))).toEqual([
      422,
      { error: { code: "invalid-session" } },
    ]);
    expect(errors).toMatchObject([
      { message: "order.amount must be an integer in minor units (299.90 is 29990)" },
    ]);
    expect(await refusal(await handlerOf({ createSession: () => order }, "P12345678")(post()))).toEqual([
      422,
      { error: { code: "invalid-session" } },
    ]);
  });
});

describe("the error hook", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("hook");
      },
    ],
    ["rejects", () => Promise.reject(new Error("hook"))],
  ])("that %s changes nothing", async (_, onError) => {
    const handler = handlerOf({ onError, createSession: () => Promise.reject(new Error("callback")) });
    expect((await handler(post())).status).toBe(500);
  });

  test("is console.error by default, without the request and its cookies", async () => {
    const error = new DinteroError("refused", "no");
    const handler = createSessionHandler({
      client: clientOf(upstream),
      createSession: () => Promise.reject(error),
    });
    vi.mocked(console.error).mockClear();
    await handler(post("{}", { ...json, cookie: "session=1" }));
    expect(console.error).toHaveBeenCalledExactlyOnceWith(error);
  });
});
