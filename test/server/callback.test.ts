import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createCallbackHandler,
  verifyCallback,
  type Callback,
  type CallbackHandlerOptions,
  type SignatureOptions,
} from "../../src/server/index.ts";
import { signRequest } from "../../src/dintero/signature.ts";
import { record, watch } from "./support/leaks.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

const now = 1_763_800_000;
const options: SignatureOptions = { accountId, signatureSecret };
const query =
  "transaction_id=T12345678.t&session_id=T12345678.s&merchant_reference=order-001&time=2026-11-22T20:00:00Z";
const url = `https://shop.example/dintero/callback?${query}`;

/** A request as Dintero signs it; `received` is the address that the server sees. */
async function signed(
  signedUrl = url,
  { t = now, secret = signatureSecret, account = accountId, received = signedUrl, ...init }: SignedInit = {},
): Promise<Request> {
  const method = init.method ?? "GET";
  const signature = await signRequest(secret, { timestamp: t, accountId: account, method, url: signedUrl });
  const headers = { "dintero-signature": signature, ...init.headers };
  return new Request(received, { ...init, headers });
}

interface SignedInit extends RequestInit {
  t?: number;
  secret?: string;
  account?: string;
  received?: string;
  headers?: Record<string, string>;
}

const received: Callback[] = [];
beforeEach(() => {
  received.length = 0;
  vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function handlerOf(more: Partial<CallbackHandlerOptions> = {}) {
  return watch(
    createCallbackHandler({
      ...options,
      onCallback: (callback) => received.push(callback),
      onError: (error) => record(error),
      ...more,
    }),
  );
}

describe("a verified callback", () => {
  test("contains Dintero's parameters and headers", async () => {
    const request = await signed(`${url}&error=failed&event=CAPTURE&event_id=e1`, {
      headers: { "event-delivery": "d1" },
    });
    expect(await verifyCallback(request, options)).toEqual({
      transactionId: "T12345678.t",
      sessionId: "T12345678.s",
      merchantReference: "order-001",
      time: "2026-11-22T20:00:00Z",
      error: "failed",
      event: "CAPTURE",
      eventId: "e1",
      deliveryId: "d1",
    });
  });

  test("has no empty optional fields", async () => {
    const request = await signed("https://shop.example/cb?session_id=T12345678.s&error=cancelled");
    expect(await verifyCallback(request, options)).toEqual({
      transactionId: "",
      sessionId: "T12345678.s",
      merchantReference: "",
      time: "",
      error: "cancelled",
    });
  });

  test("accepts `sid` as the name of the session", async () => {
    const request = await signed(url.replace("session_id", "sid_parameter_name=sid&sid"));
    expect((await verifyCallback(request, options)).sessionId).toBe("T12345678.s");
  });

  test("has Dintero's session although the shop's own address has a `session_id`", async () => {
    const own = "https://shop.example/cb?session_id=php&sid_parameter_name=sid";
    const request = await signed(`${own}&${query.replace("session_id", "sid")}`);
    expect((await verifyCallback(request, options)).sessionId).toBe("T12345678.s");
  });

  test("is read from the parameters that Dintero appended after the shop's own of the same name", async () => {
    const request = await signed(`https://shop.example/cb?transaction_id=mine&session_id=php&${query}`);
    expect(await verifyCallback(request, options)).toMatchObject({
      transactionId: "T12345678.t",
      sessionId: "T12345678.s",
    });
  });

  test("of a POST contains the body, which is not signed", async () => {
    const transaction = { id: "T12345678.t", status: "AUTHORIZED", amount: 1 };
    const session = { id: "T12345678.s" };
    for (const [body, expected] of [
      [transaction, { transaction }],
      [
        { transaction, session },
        { transaction, session },
      ],
      [
        { ...transaction, session },
        { transaction: { ...transaction, session }, session },
      ],
    ] as const) {
      const request = await signed(url, { method: "POST", body: JSON.stringify(body) });
      expect(await verifyCallback(request, options)).toMatchObject(expected);
    }
  });

  test.each(["", "rubbish", "null", "5", '"text"', `{"a":"${"x".repeat(1_100_000)}"}`])(
    "is not lost because its body is unusable (%#)",
    async (body) => {
      const response = await handlerOf()(await signed(url, { method: "POST", body }));
      expect(response.status).toBe(200);
      expect(received).toMatchObject([{ transactionId: "T12345678.t" }]);
    },
  );

  test("of ON_HOLD is followed by another when the status changes, and both are passed on", async () => {
    const handler = handlerOf();
    await handler(await signed(url, { headers: { "event-delivery": "1" } }));
    await handler(await signed(url, { t: now + 60, headers: { "event-delivery": "2" } }));
    expect(received.map((one) => one.deliveryId)).toEqual(["1", "2"]);
  });
});

describe("the answer", () => {
  test("is 200 only once onCallback is done", async () => {
    let done!: () => void;
    let answered = false;
    const answer = handlerOf({ onCallback: () => new Promise<void>((resolve) => (done = resolve)) })(
      await signed(),
    ).then((response) => {
      answered = true;
      return response;
    });
    await expect.poll(() => typeof done, { timeout: 15_000 }).toBe("function");
    expect(answered).toBe(false);
    done();
    expect((await answer).status).toBe(200);
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("database is down");
      },
    ],
    ["rejects", () => Promise.reject(new Error("database is down"))],
    ["cannot parse something", () => JSON.parse("{") as unknown],
    [
      "rejects with a 4xx of its own",
      () =>
        Promise.reject(
          Object.assign(new Error("x"), { name: "DinteroError", code: "invalid-signature", status: 401 }),
        ),
    ],
    [
      "throws a Response",
      () => {
        throw new Response(null, { status: 404 });
      },
    ],
    ["throws nothing", () => Promise.reject(undefined)],
  ])("is 500 when onCallback %s, so that Dintero tries again", async (_, onCallback) => {
    const response = await handlerOf({ onCallback })(await signed());
    expect([response.status, await response.json()]).toEqual([500, { error: { code: "callback-failed" } }]);
  });

  test("is 500 when onCallback rejects with a 401 of the client", async () => {
    const { DinteroError } = await import("../../src/server/index.ts");
    const onCallback = () => Promise.reject(new DinteroError("unauthorized", "no", { status: 401 }));
    expect((await handlerOf({ onCallback })(await signed())).status).toBe(500);
  });

  test.each([299, 300, -300, 0])("accepts a clock with a difference of %i s", async (off) => {
    expect((await handlerOf()(await signed(url, { t: now - off }))).status).toBe(200);
  });

  test.each([301, -301, 100_000, now])(
    "is 503 for a valid signature with a difference of %i s, and onCallback is not called",
    async (off) => {
      const response = await handlerOf()(await signed(url, { t: now - off }));
      expect([response.status, await response.json()]).toEqual([503, { error: { code: "stale-signature" } }]);
      expect(received).toEqual([]);
    },
  );

  test("is 503 for a valid signature without a valid time", async () => {
    const request = await signed(url, { t: "soon" as unknown as number });
    expect((await handlerOf()(request)).status).toBe(503);
    expect(received).toEqual([]);
  });

  test("follows the `tolerance` option", async () => {
    const handler = handlerOf({ tolerance: 10 });
    expect((await handler(await signed(url, { t: now - 10 }))).status).toBe(200);
    expect((await handler(await signed(url, { t: now - 11 }))).status).toBe(503);
  });

  test("is 401 for an invalid signature, however stale", async () => {
    for (const t of [now, now - 10_000]) {
      const response = await handlerOf()(await signed(url, { t, secret: "another" }));
      expect([response.status, await response.json()]).toEqual([
        401,
        { error: { code: "invalid-signature" } },
      ]);
    }
    expect(received).toEqual([]);
  });

  test("is 401 without a signature", async () => {
    const response = await handlerOf()(new Request(url));
    expect([response.status, await response.json()]).toEqual([401, { error: { code: "missing-signature" } }]);
  });

  test.each(["PUT", "DELETE", "HEAD", "OPTIONS"])("to %s is 405", async (method) => {
    const response = await handlerOf()(await signed(url, { method }));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
    expect(received).toEqual([]);
  });

  test("reports to onError why a signature was refused, and for which address", async () => {
    const errors: unknown[] = [];
    const handler = handlerOf({ publicUrl: "https://shop.example", onError: (error) => errors.push(error) });
    await handler(
      new Request("http://internal:3000/cb?a=1", {
        headers: { "dintero-signature": "t=1,v0-hmac-sha256=00" },
      }),
    );
    expect(errors).toMatchObject([
      {
        code: "invalid-signature",
        status: 401,
        message: expect.stringContaining("GET https://shop.example/cb:") as string,
      },
    ]);
  });
});

describe("the signature", () => {
  test("for another account, secret, method, host, path or query is invalid", async () => {
    const other = await Promise.all([
      signed(url, { account: "T00000000" }),
      signed(url, { account: "P12345678" }),
      signed(url, { secret: `${signatureSecret} ` }),
      signed(url, { received: url.replace("shop.", "shop2.") }),
      signed(url, { received: url.replace("callback", "callback/") }),
      signed(url, { received: url.replace("order-001", "order-002") }),
      signed(url, { received: `${url}&extra=1` }),
      signed(url, { received: url.split("?")[0]! }),
    ]);
    for (const request of other) {
      await expect(verifyCallback(request, options)).rejects.toMatchObject({
        code: "invalid-signature",
        status: 401,
      });
    }
    const get = await signed(url);
    const post = new Request(url, { method: "POST", headers: get.headers });
    await expect(verifyCallback(post, options)).rejects.toMatchObject({ code: "invalid-signature" });
  });

  test("does not cover the port, the scheme, the order of parameters or the encoding of a space", async () => {
    const at = "https://shop.example/cb?a=x%20y&b=2";
    for (const received of ["http://shop.example:8080/cb?b=2&a=x+y", "https://SHOP.example/cb?b=2&a=x%20y"]) {
      await expect(verifyCallback(await signed(at, { received }), options)).resolves.toBeTruthy();
    }
  });

  test.each([
    "",
    " ",
    "t=1",
    "v0-hmac-sha256=ab",
    "rubbish",
    "t=,v0-hmac-sha256=",
    ",,,",
    "t=1 v0-hmac-sha256=2",
  ])("%j is missing or false, never an error of ours", async (header) => {
    const request = new Request(url, { headers: { "dintero-signature": header } });
    await expect(verifyCallback(request, options)).rejects.toMatchObject({ status: 401 });
  });

  test("can have white space around its parts, as in Dintero's documentation", async () => {
    const request = await signed();
    request.headers.set("dintero-signature", request.headers.get("dintero-signature")!.replace(",", ", "));
    await expect(verifyCallback(request, options)).resolves.toBeTruthy();
  });

  test("is valid with any secret of the list, for rotation", async () => {
    const rotating = { ...options, signatureSecret: ["new secret", signatureSecret] };
    await expect(verifyCallback(await signed(), rotating)).resolves.toBeTruthy();
    await expect(verifyCallback(await signed(url, { secret: "new secret" }), rotating)).resolves.toBeTruthy();
    await expect(verifyCallback(await signed(url, { secret: "old" }), rotating)).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe("behind a proxy", () => {
  const received = `http://127.0.0.1:3000/dintero/callback?${query}`;

  test("`publicUrl` replaces the server's origin", async () => {
    const request = await signed(url, { received });
    await expect(verifyCallback(request, options)).rejects.toMatchObject({ code: "invalid-signature" });
    for (const publicUrl of ["https://shop.example", "https://shop.example/", "https://shop.example:8443"]) {
      await expect(verifyCallback(request, { ...options, publicUrl })).resolves.toBeTruthy();
    }
  });

  test("a function returns the whole address where a prefix was stripped", async () => {
    const request = await signed(`https://shop.example/api/callback?${query}`, { received });
    const publicUrl = (one: Request) =>
      new URL(`https://shop.example/api/callback${new URL(one.url).search}`);
    await expect(verifyCallback(request, { ...options, publicUrl })).resolves.toMatchObject({
      sessionId: "T12345678.s",
    });
    await expect(
      verifyCallback(request, { ...options, publicUrl: (one) => String(publicUrl(one)) }),
    ).resolves.toBeTruthy();
  });

  test("forwarded headers are not trusted", async () => {
    const headers = {
      "x-forwarded-host": "shop.example",
      "x-forwarded-proto": "https",
      forwarded: "host=shop.example",
      host: "shop.example",
    };
    const request = await signed(url, { received, headers });
    await expect(verifyCallback(request, options)).rejects.toMatchObject({ code: "invalid-signature" });
  });

  test("a path that looks like a host stays a path", async () => {
    const request = await signed("https://shop.example//evil.example/cb", {
      received: "http://internal//evil.example/cb",
    });
    await expect(
      verifyCallback(request, { ...options, publicUrl: "https://shop.example" }),
    ).resolves.toBeTruthy();
  });

  test("a function that throws or returns no address is 500, and onError receives why", async () => {
    const errors: unknown[] = [];
    const failing = () => {
      throw new Error("no table of hosts");
    };
    for (const publicUrl of [failing, () => "no address", () => undefined as never]) {
      const handler = handlerOf({ publicUrl, onError: (error) => errors.push(error) });
      const response = await handler(await signed());
      expect([response.status, await response.json()]).toEqual([500, { error: { code: "internal" } }]);
    }
    const invalid = {
      code: "invalid-options",
      message: expect.stringMatching(/^publicUrl must be /) as string,
    };
    expect(errors).toMatchObject([{ message: "no table of hosts" }, invalid, invalid]);
  });

  test.each<[string, string, string]>([
    ["a router's mount", "https://shop.example/api/checkout", "/callback"],
    ["a router's mount, with a slash", "https://shop.example/api/checkout/", "/callback"],
    ["the mount of a route of its own", "https://shop.example/api/checkout/callback", "/"],
    ["the whole address, behind a router", "https://shop.example/api/checkout/callback", "/callback"],
    [
      "the whole address, seen as it is",
      "https://shop.example/api/checkout/callback",
      "/api/checkout/callback",
    ],
    [
      "the whole address, which a gateway rewrites",
      "https://shop.example/api/checkout/callback",
      "/v2/cb.php",
    ],
    ["a stage of a gateway", "https://shop.example/api", "/checkout/callback"],
    ["the basePath of a framework", "https://shop.example/api/checkout", "/callback"],
    ["blank, which means unset", " ", "/api/checkout/callback"],
  ])("`publicUrl` may be %s: %s for %s", async (_, publicUrl, path) => {
    const called = `https://shop.example/api/checkout/callback?${query}`;
    const origin = publicUrl.trim() ? "http://10.0.0.7:3000" : "https://shop.example";
    const seen = await signed(called, { received: `${origin}${path}?${query}` });
    const settings = { ...options, publicUrl };
    await expect(verifyCallback(seen, settings)).resolves.toMatchObject({ sessionId: "T12345678.s" });
    // The path is the option's and the request's, never the sender's choice.
    for (const other of [
      "https://evil.example/api/checkout/callback",
      "https://shop.example/api/other",
      "https://shop.example/",
    ]) {
      const forged = await signed(`${other}?${query}`, { received: `${origin}${path}?${query}` });
      await expect(verifyCallback(forged, settings)).rejects.toMatchObject({ code: "invalid-signature" });
    }
  });

  test("a router of Express keeps the whole path in Node's request, which the handler's context holds", async () => {
    const called = `https://shop.example/api/checkout/callback?${query}`;
    const handler = handlerOf({ publicUrl: "https://shop.example" });
    const seen = { received: `http://internal/callback?${query}` };
    const incoming = { originalUrl: `/api/checkout/callback?${query}` };
    for (const context of [{ incoming }, { env: { incoming } }]) {
      expect((await handler(await signed(called, seen), context)).status).toBe(200);
    }
    for (const originalUrl of [`/other?${query}`, called, 5, undefined]) {
      expect((await handler(await signed(called, seen), { incoming: { originalUrl } })).status).toBe(401);
    }
  });

  test("an address that does not fit names every one that was tried", async () => {
    const publicUrl = "https://shop.example/api";
    const request = await signed("https://shop.example/other/cb", {
      received: "http://internal/cb?secret=1",
    });
    await expect(verifyCallback(request, { ...options, publicUrl })).rejects.toMatchObject({
      message: expect.stringContaining(
        "GET https://shop.example/api/cb or https://shop.example/api: if Dintero called another address, set publicUrl",
      ) as string,
    });
  });
});

test.each<[string, Partial<Record<keyof SignatureOptions, unknown>>]>([
  ["signatureSecret", { signatureSecret: 5 }],
  ["signatureSecret", { signatureSecret: ["a", 5] }],
  ["accountId", { accountId: "12345678" }],
  ["publicUrl", { publicUrl: "shop.example" }],
  ["publicUrl", { publicUrl: "ftp://shop.example" }],
  ["publicUrl", { publicUrl: "https://user:password@shop.example" }],
  ["publicUrl", { publicUrl: "https://shop.example/callback?a=1" }],
  ["publicUrl", { publicUrl: "https://shop.example/#callback" }],
  ["tolerance", { tolerance: Number.NaN }],
  ["tolerance", { tolerance: -1 }],
])("a wrong %s is refused when the handler is created, and by verifyCallback: %j", async (name, wrong) => {
  const expected = { code: "invalid-options", message: expect.stringMatching(`^${name} must be `) as string };
  const made = { ...options, onCallback: () => {}, ...wrong } as CallbackHandlerOptions;
  expect(() => createCallbackHandler(made)).toThrow(expect.objectContaining(expected) as Error);
  await expect(verifyCallback(await signed(), made)).rejects.toMatchObject(expected);
});

test.each<[string, string, Partial<Record<keyof SignatureOptions, unknown>>]>([
  ["signatureSecret", "is undefined: set DINTERO_SIGNATURE_SECRET", { signatureSecret: undefined }],
  ["signatureSecret", "is blank: set DINTERO_SIGNATURE_SECRET", { signatureSecret: "" }],
  ["signatureSecret", "is blank: set DINTERO_SIGNATURE_SECRET", { signatureSecret: " \n" }],
  ["signatureSecret", "is undefined: set DINTERO_SIGNATURE_SECRET", { signatureSecret: [] }],
  ["signatureSecret", "is blank: set DINTERO_SIGNATURE_SECRET", { signatureSecret: [signatureSecret, ""] }],
  ["signatureSecret", "is undefined: set DINTERO_SIGNATURE_SECRET", { signatureSecret: [undefined, "a"] }],
  ["accountId", "is undefined: set DINTERO_ACCOUNT_ID", { accountId: undefined }],
  ["accountId", "is blank: set DINTERO_ACCOUNT_ID", { accountId: "" }],
])(
  "a missing %s (%s) is refused by the first request, not where a build loads the module",
  async (name, reason, missing) => {
    const errors: unknown[] = [];
    const made = { ...options, ...missing } as SignatureOptions;
    const handler = handlerOf({ ...made, onError: (error) => errors.push(error) });
    for (const request of [await signed(), await signed(url, { secret: "undefined" }), new Request(url)]) {
      const response = await handler(request);
      expect([response.status, await response.json()]).toEqual([500, { error: { code: "internal" } }]);
      await expect(verifyCallback(request, made)).rejects.toMatchObject({ code: "invalid-options" });
    }
    expect(received).toEqual([]);
    expect(errors).toMatchObject(
      Array(3).fill({ code: "invalid-options", message: `${name} must be given, and ${reason}` }),
    );
  },
);
