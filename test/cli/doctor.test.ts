import { describe, expect, test, vi } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { isLoopback, isNearby } from "../../src/core/addresses.ts";
import { UsageError } from "../../src/cli/flags.ts";
import { createCallbackHandler, createDinteroClient, createSessionHandler } from "../../src/server/index.ts";
import { doctor, listener, nowhere, sandboxed, serve } from "./support.ts";

const order = { amount: 100, currency: "NOK", merchant_reference: "order-1" };
const clientOf = (env: Record<string, string>) =>
  createDinteroClient({
    accountId: env["DINTERO_ACCOUNT_ID"]!,
    clientId: env["DINTERO_CLIENT_ID"]!,
    clientSecret: env["DINTERO_CLIENT_SECRET"]!,
    apiUrl: env["DINTERO_API_URL"],
    checkoutUrl: env["DINTERO_CHECKOUT_URL"],
  });

test("a session of another account is named: the credentials belong to it", async () => {
  const { env } = await sandboxed();
  const session = { id: "T99999999.a", url: "https://checkout.dintero.com/v1/view/T99999999.a" };
  const url = await serve(
    listener((request) =>
      Promise.resolve(
        Response.json(
          request.url.endsWith("/auth/token") ? { access_token: "token", expires_in: 3600 } : session,
        ),
      ),
    ),
  );
  const { find } = await doctor({ ...env, DINTERO_API_URL: url, DINTERO_CHECKOUT_URL: url });
  expect(find("session")?.message).toBe(
    `invalid: the session belongs to T99999999, not to ${env["DINTERO_ACCOUNT_ID"]}`,
  );
  expect(find("session")?.fix).toContain("must belong to the same account");
});

describe("a working setup", () => {
  test("with the sandbox: one line per check, a summary, and exit code 0", async () => {
    const { env, sandbox } = await sandboxed();
    const lines: string[] = [];
    expect(await doctorCommand([], { env, print: (line) => lines.push(line), confirm: undefined })).toBe(0);
    expect(lines.map((line) => line.replace(/ {2,}.*/, ""))).toEqual([
      "✔ environment",
      "✔ signature secret",
      "✔ credentials",
      "✔ clock",
      "✔ session",
      "All 5 checks passed.",
    ]);
    const [session] = [...sandbox.sessions];
    expect(session).toMatchObject({ order: { amount: 100, currency: "NOK" } });
    expect(session).toHaveProperty("cancelled_at");
  });

  test("with a shop: its endpoint, its callback and its page", async () => {
    const { env } = await sandboxed();
    const session = createSessionHandler({
      client: clientOf(env),
      createSession: () => ({ url: { return_url: "https://shop.example/" }, order, profile_id: "default" }),
    });
    const onCallback = vi.fn();
    const callback = createCallbackHandler({
      accountId: env["DINTERO_ACCOUNT_ID"]!,
      signatureSecret: env["DINTERO_SIGNATURE_SECRET"]!,
      onCallback,
      onError: () => {},
    });
    const page = () =>
      Promise.resolve(
        new Response("<!doctype html><dintero-checkout></dintero-checkout>", {
          headers: {
            "content-security-policy": `default-src 'self'; frame-src ${env["DINTERO_CHECKOUT_URL"]}`,
            "permissions-policy": `payment=(self "${env["DINTERO_CHECKOUT_URL"]}")`,
          },
        }),
      );
    const routes: Record<string, (request: Request) => Promise<Response>> = {
      "/api": session,
      "/paid": callback,
    };
    const shop = await serve(listener((request) => (routes[new URL(request.url).pathname] ?? page)(request)));
    const { code, ok, checks } = await doctor(env, [
      "--url",
      shop,
      "--endpoint",
      "/api",
      "--callback",
      `${shop}/paid`,
    ]);
    expect(checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      ...["environment", "signature secret", "credentials", "clock", "session"],
      ...["callback", "callback signature", "endpoint"],
      ...["page", "page tag", "page frame", "page warm start", "page script"],
      ...["page connection", "page wallets"],
    ]);
    expect([code, ok]).toEqual([0, true]);
    expect(onCallback).not.toHaveBeenCalled();
  });
});

describe("environment", () => {
  const fine = {
    DINTERO_ACCOUNT_ID: "T12345678",
    DINTERO_CLIENT_ID: "client",
    DINTERO_CLIENT_SECRET: "hush-hush-hush",
    DINTERO_API_URL: "http://127.0.0.1:9",
    DINTERO_CHECKOUT_URL: "http://127.0.0.1:9",
  };

  test("without variables, names the three and where to find them", async () => {
    const { code, find, checks } = await doctor({});
    expect(code).toBe(1);
    expect(find("environment")?.message).toBe(
      "missing: DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID, DINTERO_CLIENT_SECRET",
    );
    expect(find("environment")?.fix).toMatch(/Backoffice .*API clients.*dintero-checkout-element sandbox/s);
    expect(checks.slice(2).every(({ status }) => status === "skipped")).toBe(true);
  });

  test.each([
    [{ DINTERO_CLIENT_SECRET: undefined }, /^missing: DINTERO_CLIENT_SECRET$/],
    [
      { DINTERO_CLIENT_SECRET: "hush-hush-hush\n" },
      /^invalid: quotes or spaces around the value of DINTERO_CLIENT_SECRET/,
    ],
    [{ DINTERO_CLIENT_ID: `"client"` }, /^invalid: quotes or spaces around the value of DINTERO_CLIENT_ID/],
    [{ DINTERO_ACCOUNT_ID: "hush-hush-hush" }, /^invalid: DINTERO_ACCOUNT_ID is not an account id/],
    [
      { DINTERO_API_URL: "https://api.dintero.com/v1" },
      /^invalid: DINTERO_API_URL must be an address without a path/,
    ],
    [{ DINTERO_CHECKOUT_URL: "hush-hush-hush" }, /^invalid: DINTERO_CHECKOUT_URL must be an address/],
    [{ DINTERO_API_URL: "http://api.dintero.com" }, /^invalid: DINTERO_API_URL must be https/],
    [
      { DINTERO_CHECKOUT_URL: undefined },
      /only one of DINTERO_API_URL and DINTERO_CHECKOUT_URL points to the sandbox/,
    ],
  ])("%j is reported, without the value", async (change, message) => {
    const { code, find, printed } = await doctor({ ...fine, ...change });
    expect(find("environment")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(message) as string,
    });
    expect(find("credentials")?.status).toBe("skipped");
    expect(printed).not.toContain("hush");
    expect(code).toBe(1);
  });

  test("a missing signature secret fails", async () => {
    const { env } = await sandboxed();
    const { code, find } = await doctor({ ...env, DINTERO_SIGNATURE_SECRET: "" });
    expect(find("signature secret")).toMatchObject({ status: "failed" });
    expect(code).toBe(1);
  });
});

describe("credentials", () => {
  test("of another account fail, and no session is created", async () => {
    const { env } = await sandboxed();
    const { code, find } = await doctor({ ...env, DINTERO_ACCOUNT_ID: "T87654321" });
    expect(find("credentials")).toMatchObject({
      status: "failed",
      message: expect.stringContaining("rejects them for T87654321") as string,
      fix: expect.stringContaining("must belong to the same account") as string,
    });
    expect(find("session")?.status).toBe("skipped");
    expect(code).toBe(1);
  });

  test("a host that does not answer is named", async () => {
    const { env } = await sandboxed();
    const down = await nowhere();
    const { code, find } = await doctor({ ...env, DINTERO_API_URL: down });
    expect(find("credentials")?.message).toBe(
      `unreachable: no connection to ${new URL(down).host} (nothing listens there; is it started?)`,
    );
    expect(code).toBe(1);
    const { find: other } = await doctor({ ...env, DINTERO_CHECKOUT_URL: down });
    expect(other("credentials")?.status).toBe("passed");
    expect(other("session")?.message).toContain(new URL(down).host);
    expect(other("session")?.fix).toContain("DINTERO_CHECKOUT_URL");
  });

  test.each([
    [{ status: 503 }, /answered 503/],
    [{ fail: "rubbish" }, /not as Dintero does/],
  ] as const)("a token request that fails with %j is reported", async (fault, message) => {
    const { env, sandbox } = await sandboxed();
    sandbox.faults.add({ on: "token", ...fault });
    expect((await doctor(env)).find("credentials")?.message).toMatch(message);
  });

  test("a refused session is reported with Dintero's message", async () => {
    const { env, sandbox } = await sandboxed();
    sandbox.faults.add({ on: "create-session", status: 403 });
    const { code, find } = await doctor({ ...env, DINTERO_PROFILE_ID: "unknown" });
    expect(find("session")).toMatchObject({
      status: "failed",
      message: expect.stringContaining("answered 403") as string,
      fix: expect.stringContaining("“unknown” (DINTERO_PROFILE_ID)") as string,
    });
    expect(code).toBe(1);
  });
});

describe("clock", () => {
  test.each([
    [-3600, "behind"],
    [3600, "ahead of"],
  ])("%d s apart fails", async (seconds, direction) => {
    const { env } = await sandboxed();
    const { code, find } = await doctor(env, [], { now: () => Date.now() + seconds * 1000 });
    expect(find("clock")?.message).toMatch(new RegExp(`this machine is 3(599|600|601) s ${direction}`));
    expect(code).toBe(1);
  });
});

test.each([
  ["http://127.0.0.1", true, false],
  ["http://127.8.9.10:4242", true, false],
  ["http://[::1]", true, false],
  ["http://shop.localhost", true, false],
  ["http://127.shop.example", false, false],
  ["http://10.shop.example", false, false],
  ["http://10.1.2.3", false, true],
  ["http://172.20.0.1", false, true],
  ["http://172.32.0.1", false, false],
  ["http://[fd00::1]", false, true],
])("%s is on this machine: %j, on its network only: %j", (url, loopback, network) => {
  expect(isLoopback(new URL(url).hostname)).toBe(loopback);
  expect(!loopback && isNearby(new URL(url))).toBe(network);
});

describe("production", () => {
  const production = () => sandboxed({ account: "P00000000" });
  /** A shop, and the requests it got. */
  async function shop() {
    const requests: unknown[] = [];
    const url = await serve((request, response) => {
      requests.push(request.method);
      response.end();
    });
    return { url, requests };
  }

  test("without a terminal no request is sent, and the check fails", async () => {
    const { env, sandbox } = await production();
    const { url, requests } = await shop();
    const { code, find } = await doctor(env, ["--url", url, "--endpoint", url, "--callback", url]);
    expect(find("credentials")).toMatchObject({ status: "failed" });
    for (const name of ["session", "endpoint", "callback", "page"])
      expect(find(name)?.status).toBe("skipped");
    expect(code).toBe(1);
    expect(requests).toEqual([]);
    expect([...sandbox.sessions]).toEqual([]);
  });

  test("after a no, no request is sent", async () => {
    const { env } = await production();
    const { url, requests } = await shop();
    const { code, find } = await doctor({ ...env, DINTERO_API_URL: await nowhere() }, ["--url", url], {
      confirm: () => Promise.resolve(false),
    });
    for (const name of ["credentials", "page"]) expect(find(name)?.status).toBe("skipped");
    expect(code).toBe(0);
    expect(requests).toEqual([]);
  });

  test("after a yes, the credentials are checked, and no session is created", async () => {
    const { env, sandbox } = await production();
    const questions: string[] = [];
    const { code, find } = await doctor(env, [], {
      confirm: (question) => Promise.resolve(questions.push(question) === 1),
    });
    expect(questions).toEqual([expect.stringContaining("P00000000 is a production account")]);
    expect(find("environment")?.message).toContain("PRODUCTION");
    expect(find("credentials")?.status).toBe("passed");
    expect(find("session")?.status).toBe("skipped");
    expect(code).toBe(0);
    expect([...sandbox.sessions]).toEqual([]);
  });
});

test("on production the callback receives no signed request", async () => {
  const { env } = await sandboxed({ account: "P00000000" });
  const signatures: unknown[] = [];
  const callback = await serve((request, response) => {
    signatures.push(request.headers["dintero-signature"]);
    response.writeHead(401).end();
  });
  const { find } = await doctor(env, ["--callback", callback], { confirm: () => Promise.resolve(true) });
  expect(find("callback")?.status).toBe("passed");
  expect(signatures).toEqual([undefined]);
});

describe("secrets", () => {
  test("are never printed in any encoding, even when every answer echoes them", async () => {
    const secret = "s3cr€t/+ with=signs&more";
    const signature = "another+s3cr/et=value";
    const id = "cl+ient/id";
    const forms = [secret, signature, `${id}:${secret}`].flatMap((one) => {
      const base64 = Buffer.from(one).toString("base64");
      const written = [one, base64, base64.replace(/=+$/, ""), Buffer.from(one).toString("base64url")];
      return [...written, ...written.map(encodeURIComponent), JSON.stringify(one).slice(1, -1)];
    });
    const echo = forms.join(" ");
    const url = await serve((_request, response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: echo, message: echo, errors: [{ message: echo }] } }));
    });
    const env = {
      DINTERO_ACCOUNT_ID: "T12345678",
      DINTERO_CLIENT_ID: id,
      DINTERO_CLIENT_SECRET: secret,
      DINTERO_SIGNATURE_SECRET: signature,
      DINTERO_API_URL: url,
      DINTERO_CHECKOUT_URL: url,
    };
    const hinted = `${url}/${encodeURIComponent(signature)}`;
    const { printed, code } = await doctor(env, [
      "--url",
      hinted,
      "--endpoint",
      hinted,
      "--callback",
      hinted,
    ]);
    expect(code).toBe(1);
    for (const form of forms) expect(printed).not.toContain(form);
    const { find } = await doctor(env, ["--endpoint", hinted]);
    expect(find("endpoint")?.message).toContain("[redacted]");
  });

  test("control characters in answers are removed", async () => {
    const { env } = await sandboxed();
    const shop = await serve((_request, response) => {
      response.writeHead(409).end(JSON.stringify({ error: { message: "\u001b[2JYour cart\nis empty" } }));
    });
    const { find } = await doctor(env, ["--endpoint", shop]);
    expect(find("endpoint")?.message).toMatch(/“\[2JYour cart is empty”$/);
  });
});

describe("the command line", () => {
  test.each([
    [["--bogus"], "--bogus"],
    [["stray"], "stray"],
    [["--url"], "--url"],
    [["--url", "shop.example"], "--url must be a whole address"],
    [["--url", ""], "--url must be a whole address"],
    [["--endpoint", "/api"], "--endpoint must be a whole address"],
    [["--callback", "ftp://shop.example/"], "--callback must be a whole address"],
    [
      ["--callback", "https://me:word@shop.example/"],
      "--callback must not contain a user name or a password",
    ],
  ])("%j is a usage error", async (args, message) => {
    const called = doctorCommand(args, { env: {}, print: () => {} });
    await expect(called).rejects.toBeInstanceOf(UsageError);
    await expect(called).rejects.toThrow(message);
  });
});
