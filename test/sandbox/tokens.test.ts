import { describe, expect, test } from "vitest";
import { createSandbox, pay, type Sandbox } from "../../src/sandbox/index.ts";
import { merchant, session, type Body } from "./merchant.ts";

const host = "https://sandbox.test";

function requestToken(sandbox: Sandbox, change: { account?: string; basic?: string; body?: unknown } = {}) {
  const account = change.account ?? sandbox.accountId;
  const basic = change.basic ?? `${sandbox.clientId}:${sandbox.clientSecret}`;
  return sandbox.fetch(`${host}/v1/accounts/${account}/auth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(basic)}` },
    body: JSON.stringify(
      change.body ?? { grant_type: "client_credentials", audience: `${host}/v1/accounts/${account}` },
    ),
  });
}

describe("tokens", () => {
  test("credentials are exchanged for a bearer token of four hours", async () => {
    const answer = await requestToken(createSandbox());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^\w{40}$/),
      token_type: "Bearer",
      expires_in: 14_400,
    });
  });

  test.each([
    ["a wrong secret", (sandbox: Sandbox) => ({ basic: `${sandbox.clientId}:wrong` })],
    ["a wrong client id", (sandbox: Sandbox) => ({ basic: `wrong:${sandbox.clientSecret}` })],
    ["no credentials at all", () => ({ basic: "" })],
    ["an account that is not its own", () => ({ account: "T87654321" })],
    ["a production account other than P00000000", () => ({ account: "P12345678" })],
  ])("%s is refused with 401 in Dintero's error format", async (_, change) => {
    const sandbox = createSandbox();
    const answer = await requestToken(sandbox, change(sandbox));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      error: { code: "invalid_client", message: "Unknown account, client id or client secret" },
    });
  });

  test("another grant type or another account's audience is refused with its path", async () => {
    const sandbox = createSandbox();
    const grant = await requestToken(sandbox, { body: { grant_type: "password", audience: "" } });
    expect(grant.status).toBe(400);
    expect(((await grant.json()) as Body).error.errors[0].path).toBe("grant_type");
    const audience = await requestToken(sandbox, {
      body: { grant_type: "client_credentials", audience: `${host}/v1/accounts/T00000009` },
    });
    expect(((await audience.json()) as Body).error.errors[0].path).toBe("audience");
  });

  test("P00000000 is available beside the test account, and neither sees the other's sessions", async () => {
    const sandbox = createSandbox();
    const test = await merchant(sandbox);
    const production = await merchant(sandbox, "P00000000");
    const { body } = await production("POST", "/sessions-profile", session);
    expect(body.id).toMatch(/^P00000000\./);
    expect((await production("GET", `/sessions/${body.id}`)).status).toBe(200);
    expect((await test("GET", `/sessions/${body.id}`)).status).toBe(404);
    const { id } = await pay(sandbox.sessions.get(body.id)!);
    expect((await production("GET", `/transactions/${id}`)).status).toBe(200);
    expect((await test("GET", `/transactions/${id}`)).status).toBe(404);
    expect((await test("POST", `/transactions/${id}/void`)).status).toBe(404);
  });

  test("the last 1,000 are kept", async () => {
    const sandbox = createSandbox();
    const first = await merchant(sandbox);
    for (let i = 0; i < 1000; i++) await merchant(sandbox);
    expect([...sandbox.tokens.valid()]).toHaveLength(1000);
    expect((await first("POST", "/sessions-profile", session)).status).toBe(401);
  });

  test("an account other than T and 8 digits or P00000000 is refused at once", () => {
    expect(() => createSandbox({ account: "P12345678" })).toThrow("T and 8 digits");
    expect(() => createSandbox({ account: "T1" })).toThrow("T and 8 digits");
  });

  test("a token expires", async () => {
    let now = Date.parse("2026-01-01T12:00:00Z");
    const sandbox = createSandbox({ now: () => now, tokenLifetime: 60 });
    const call = await merchant(sandbox);
    now += 59_999;
    expect((await call("POST", "/sessions-profile", session)).status).toBe(200);
    now += 1;
    const late = await call("POST", "/sessions-profile", session);
    expect(late.status).toBe(401);
    expect(late.body.error.code).toBe("token_expired");
  });

  test("a call without a token, or with one that was never issued, is refused with 401", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const unknown = await call("POST", "/sessions-profile", session, { Authorization: "Bearer nonsense" });
    expect(unknown).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    const none = await sandbox.fetch(`${host}/v1/sessions/T12345678.x`);
    expect(none.status).toBe(401);
  });

  test("given credentials are used, random ones differ", () => {
    const given = createSandbox({ account: "T00000001", clientId: "me", secret: "s3cret" });
    expect(given).toMatchObject({
      accountId: "T00000001",
      clientId: "me",
      clientSecret: "s3cret",
      signatureSecret: "s3cret",
    });
    expect(createSandbox().clientSecret).not.toBe(createSandbox().clientSecret);
    expect(createSandbox().accountId).toBe("T12345678");
  });
});
