// The doctor's checks of the merchant's server.
import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { checkCallback } from "../../src/cli/doctor/callback.ts";
import type { Setup } from "../../src/cli/doctor/environment.ts";
import { createQuote } from "../../src/cli/doctor/quote.ts";
import { reach } from "../../src/cli/doctor/reach.ts";
import { createCallbackHandler } from "../../src/server/index.ts";
import { doctor, listener, nowhere, sandboxed, serve } from "./support.ts";

const answering =
  (status: number, body: unknown = "", headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

describe("callback", () => {
  test.each([
    [200, {}, /insecure: .* accepts an unsigned request \(200\)/],
    [302, { location: "https://elsewhere.example/" }, /invalid: .* redirects \(302\)/],
    [404, {}, /missing: no callback handler at .* \(404\)/],
    [405, {}, /missing: no callback handler at .* \(405\)/],
    [500, {}, /failing: .* answers 500/],
  ])("a server that answers %d", async (status, headers, message) => {
    const { env } = await sandboxed();
    const url = await serve(answering(status, "", headers));
    const { code, find } = await doctor(env, ["--callback", `${url}/paid`]);
    expect(find("callback")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(message) as string,
    });
    expect(find("callback signature")).toBeUndefined();
    expect(code).toBe(1);
  });

  test("an address with method=POST is called with POST", async () => {
    const { env } = await sandboxed();
    const handler = createCallbackHandler({
      accountId: "T12345678",
      signatureSecret: env["DINTERO_SIGNATURE_SECRET"]!,
      onCallback: () => {},
      onError: () => {},
    });
    const url = await serve(
      listener(async (request) =>
        request.method === "POST" ? handler(request) : new Response(null, { status: 405 }),
      ),
    );
    const { find } = await doctor(env, ["--callback", `${url}/paid?method=POST`]);
    expect(find("callback")?.status).toBe("passed");
    expect(find("callback signature")?.status).toBe("passed");
  });

  test("one that does not answer is reported, with the addresses that Dintero calls from", async () => {
    const { env } = await sandboxed();
    const url = await nowhere();
    const { code, find } = await doctor(env, ["--callback", url]);
    expect(find("callback")?.message).toContain(new URL(url).host);
    expect(find("callback")?.fix).toContain("34.241.230.119");
    expect(code).toBe(1);
  });

  test.each([
    [{ signatureSecret: "another" }, 401],
    [{ publicUrl: "https://shop.example" }, 401],
  ])("a handler with %j refuses valid signatures, and that is reported", async (options, status) => {
    const { env } = await sandboxed();
    const handler = createCallbackHandler({
      accountId: "T12345678",
      signatureSecret: env["DINTERO_SIGNATURE_SECRET"]!,
      onCallback: () => {},
      onError: () => {},
      ...options,
    });
    const { code, find } = await doctor(env, ["--callback", await serve(listener(handler))]);
    expect(find("callback")?.status).toBe("passed");
    expect(find("callback signature")).toMatchObject({
      status: "failed",
      message: expect.stringContaining(`(${status})`) as string,
      fix: expect.stringContaining("publicUrl") as string,
    });
    expect(code).toBe(1);
  });

  test("a handler that accepts a signature of yesterday fails", async () => {
    const { env } = await sandboxed();
    const url = await serve((request, response) =>
      answering(request.headers["dintero-signature"] ? 200 : 401)(request, response),
    );
    const { find } = await doctor(env, ["--callback", url]);
    expect(find("callback signature")?.message).toBe(
      "insecure: a request signed a day ago is accepted (200)",
    );
  });

  const real: Setup = {
    accountId: "T12345678",
    clientId: "client",
    clientSecret: "secret",
    signatureSecret: undefined,
    apiUrl: "https://api.dintero.com",
    checkoutUrl: "https://checkout.dintero.com",
    profileId: "default",
  };
  test.each([
    ["http://localhost:3000/paid", /cannot reach localhost:3000/],
    ["https://127.0.0.1/paid", /cannot reach 127\.0\.0\.1/],
    ["https://192.168.1.7/paid", /cannot reach 192\.168\.1\.7/],
    ["https://0.0.0.0/paid", /cannot reach 0\.0\.0\.0/],
    ["https://shop.local/paid", /cannot reach shop\.local/],
    ["http://shop.example/paid", /is not https/],
  ])("%s cannot be used with Dintero itself, and is not called", async (url, message) => {
    const findings = [];
    for await (const finding of checkCallback(new URL(url), {
      setup: real,
      now: Date.now,
      quote: createQuote({}),
    }))
      findings.push(finding);
    expect(findings).toEqual([
      expect.objectContaining({ status: "failed", message: expect.stringMatching(message) as string }),
    ]);
  });
});

describe("endpoint", () => {
  const check = async (args: (url: string) => string[], listen: RequestListener) => {
    const { env } = await sandboxed();
    const url = await serve(listen);
    const { code, find } = await doctor(env, args(url));
    return { code, ...find("endpoint")! };
  };
  const direct = (url: string) => ["--endpoint", url];

  test.each([
    [answering(200, { id: "T12345678.abc", url: "https://checkout.dintero.com/v1/view/T12345678.abc" })],
    [answering(201, { id: "T12345678.abc" })],
    [answering(200, { id: "T12345678.abc", url: "vipps://pay?token=1" })],
    [answering(422, { error: { code: "empty-cart", message: "Your cart is empty" } })],
  ])("valid answers pass: %#", async (listen) => {
    expect(await check(direct, listen)).toMatchObject({ status: "passed", code: 0 });
  });

  test.each([
    [200, "hello", /answers 200 without a session id/],
    [200, { id: "../x" }, /without a session id/],
    [200, { id: "T12345678.abc", url: "javascript:alert(1)" }, /“url” .* is not an address/],
    [200, { id: "T87654321.abc" }, /creates sessions of T87654321, .* of T12345678/],
    [303, "", /answers 303/],
    [401, { error: { code: "login", message: "Log in" } }, /answers 401: “Log in”/],
    [403, { error: { code: "forbidden" } }, /answers 403: forbidden/],
    [404, "", /missing: nothing at .* accepts a POST \(404\)/],
    [405, "", /missing: nothing at .* accepts a POST \(405\)/],
    [
      422,
      { error: { code: "invalid-session", message: "order.amount must be 1" } },
      /answers 422: “order\.amount/,
    ],
    [502, { error: { code: "unauthorized", message: "no token" } }, /failing: .* answers 502: “no token”/],
  ])("%d with %j", async (status, body, message) => {
    const finding = await check(direct, answering(status, body));
    expect(finding).toMatchObject({
      code: 1,
      status: "failed",
      message: expect.stringMatching(message) as string,
    });
    expect(finding.fix).toBeTruthy();
  });

  test("a redirect is not followed, and fails", async () => {
    const found = answering(200, { id: "T12345678.abc" });
    const finding = await check(direct, (request, response) =>
      request.url === "/" ? response.writeHead(307, { location: "/en" }).end() : found(request, response),
    );
    expect(finding).toMatchObject({
      code: 1,
      message: expect.stringMatching(/redirects \(307\)/) as string,
    });
  });

  test("one that does not answer is reported with its address", async () => {
    const { env } = await sandboxed();
    const url = await nowhere();
    const { find } = await doctor(env, ["--endpoint", url]);
    expect(find("endpoint")?.message).toContain(new URL(url).host);
  });

  test("for a page of another origin, CORS headers are needed", async () => {
    const body = { id: "T12345678.abc" };
    const page = await serve(answering(200, "<!doctype html>"));
    const args = (url: string) => ["--endpoint", url, "--url", page];
    expect(await check(args, answering(200, body))).toMatchObject({
      status: "failed",
      message: expect.stringContaining("no CORS headers for") as string,
    });
    expect(await check(args, answering(403, {}))).toMatchObject({
      status: "failed",
      fix: expect.stringContaining("allowedOrigins") as string,
    });
    const sharing: RequestListener = (request, response) =>
      answering(200, body, { "access-control-allow-origin": `${request.headers.origin}` })(request, response);
    expect(await check(args, sharing)).toMatchObject({ status: "passed" });
  });
});

test("a missing or endless answer counts as none", async () => {
  for (const listen of [() => {}, ((_, response) => void response.write("…")) as RequestListener]) {
    const url = new URL(await serve(listen));
    await expect(reach(url, {}, { timeout: 50 })).rejects.toThrow(
      `no connection to ${url.host} (no answer in time)`,
    );
  }
});
