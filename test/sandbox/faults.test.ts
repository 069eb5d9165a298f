import { afterEach, describe, expect, test } from "vitest";
import { serveSandbox, type Listening } from "../../src/cli/serve-sandbox.ts";
import { createOrder, createSandbox, pay, type FaultPoint } from "../../src/sandbox/index.ts";
import { faultPoints } from "../../src/sandbox/faults.ts";
import { merchant, page, session, type Body } from "./merchant.ts";

let listening: Listening | undefined;
afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

/** A sandbox behind a real server, because some faults break the connection. */
async function open() {
  const sandbox = createSandbox();
  listening = await serveSandbox(sandbox);
  const call = await merchant(sandbox);
  const authorized = await tokenOf(listening.url, sandbox);
  const create = (init: RequestInit = {}) =>
    fetch(`${listening?.url}/v1/sessions-profile`, {
      method: "POST",
      body: JSON.stringify(session),
      headers: { Authorization: `Bearer ${authorized}` },
      ...init,
    });
  return { sandbox, call, create, url: listening.url };
}

async function tokenOf(url: string, { accountId, clientId, clientSecret }: ReturnType<typeof createSandbox>) {
  const answer = await fetch(`${url}/v1/accounts/${accountId}/auth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: JSON.stringify({ grant_type: "client_credentials", audience: `${url}/v1/accounts/${accountId}` }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe("faults of a call", () => {
  test("a status is answered in the error format with its headers, for the given number of times", async () => {
    const { sandbox, create } = await open();
    sandbox.faults.add({ on: "create-session", status: 429, headers: { "Retry-After": "2" }, times: 2 });
    const answers = [await create(), await create(), await create()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get("Retry-After")).toBe("2");
    expect(await answers[0]?.json()).toEqual({
      error: { code: "fault_429", message: "A fault of the sandbox" },
    });
    expect([...sandbox.faults]).toEqual([]);
  });

  test("a reset breaks the connection, also in process", async () => {
    const { sandbox, create, call } = await open();
    sandbox.faults.add({ on: "create-session", fail: "reset" });
    await expect(create()).rejects.toThrow("fetch failed");
    await expect(call("POST", "/sessions-profile", session)).rejects.toThrow("fetch failed");
    expect(sandbox.sessions.size).toBe(0);
  });

  test("a hang never answers and changes nothing; the request can be aborted", async () => {
    const { sandbox, create } = await open();
    sandbox.faults.add({ on: "create-session", fail: "hang" });
    await expect(create({ signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i);
    await expect(
      sandbox.fetch("https://sandbox.test/v1/sessions-profile", {
        method: "POST",
        signal: AbortSignal.timeout(20),
      }),
    ).rejects.toThrow(/abort|timeout/i);
    expect(sandbox.sessions.size).toBe(0);
  });

  test("rubbish is a 200 that is not JSON", async () => {
    const { sandbox, create } = await open();
    sandbox.faults.add({ on: "create-session", fail: "rubbish" });
    const answer = await create();
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  test("a delay comes before the real answer", async () => {
    const { sandbox, create } = await open();
    sandbox.faults.add({ on: "create-session", delay: 40 });
    const begin = performance.now();
    expect((await create()).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThan(35);
  });

  test("an expired token is a 401 on the next call, whichever it is", async () => {
    const { sandbox, create, call } = await open();
    sandbox.faults.add({ on: "*", fail: "expired-token", times: 1 });
    const refused = await create();
    expect(((await refused.json()) as Body).error.code).toBe("token_expired");
    expect((await create()).status).toBe(200);
    sandbox.tokens.expireAll();
    expect((await call("POST", "/sessions-profile", session)).status).toBe(401);
  });

  test("with afterwards, only the answer is lost", async () => {
    const { sandbox, call } = await open();
    const order = await createOrder(sandbox);
    const { id } = await pay(order);
    sandbox.faults.add({ on: "capture", fail: "reset", afterwards: true });
    await expect(call("POST", `/transactions/${id}/capture`, { amount: 29990 })).rejects.toThrow(
      "fetch failed",
    );
    expect(sandbox.transactions.get(id)?.status).toBe("CAPTURED");
  });

  test("a fault of one session does not affect the others", async () => {
    const { sandbox, call } = await open();
    const [ill, well] = [await createOrder(sandbox), await createOrder(sandbox)];
    sandbox.faults.add({ on: "get-session", session: ill.id, status: 500 });
    expect((await call("GET", `/sessions/${ill.id}`)).status).toBe(500);
    expect((await call("GET", `/sessions/${well.id}`)).status).toBe(200);
    const { id } = await pay(ill);
    sandbox.faults.add({ on: "get-transaction", session: ill.id, status: 503 });
    expect((await call("GET", `/transactions/${id}`)).status).toBe(503);
  });

  test("a fault ends when it is removed or cleared", async () => {
    const { sandbox, create } = await open();
    const remove = sandbox.faults.add({ on: "create-session", status: 500 });
    remove();
    sandbox.faults.add({ on: "create-session", status: 500 });
    sandbox.faults.clear();
    expect((await create()).status).toBe(200);
  });

  test("an unknown call is refused with the names of all calls", () => {
    const { faults } = createSandbox();
    expect(() => faults.add({ on: "everything" as "*" })).toThrow(faultPoints.join(", "));
    expect(() => faults.add({})).toThrow("needs one of");
    expect(() => faults.add({ on: "token", times: 0 })).toThrow("times");
  });

  test.each<[FaultPoint, string, string]>([
    ["token", "POST", "/v1/accounts/T12345678/auth/token"],
    ["create-session", "POST", "/v1/sessions-profile"],
    ["get-session", "GET", "/v1/sessions/x"],
    ["update-session", "PUT", "/v1/sessions/x"],
    ["cancel-session", "POST", "/v1/sessions/x/cancel"],
    ["get-transaction", "GET", "/v1/transactions/x"],
    ["payment-token", "POST", "/v1/sessions/payment-token"],
    ["pay-session", "POST", "/v1/sessions/pay"],
    ["list-transactions", "GET", "/v1/transactions"],
    ["update-transaction", "PUT", "/v1/transactions/x"],
    ["authorization", "POST", "/v1/transactions/x/authorization"],
    ["capture", "POST", "/v1/transactions/x/capture"],
    ["refund", "POST", "/v1/transactions/x/refund"],
    ["void", "POST", "/v1/transactions/x/void"],
    ["page", "GET", "/?sid=x"],
    ["page", "GET", "/v1/view/x"],
    ["result-page", "GET", "/embedResult/?sid=x"],
    ["view", "GET", "/_sandbox/page/sessions/x"],
    ["pay", "POST", "/_sandbox/page/sessions/x/pay"],
    ["cancel", "POST", "/_sandbox/page/sessions/x/cancel"],
    ["lock", "POST", "/_sandbox/page/sessions/x/lock"],
    ["refresh", "POST", "/_sandbox/page/sessions/x/refresh"],
    ["address", "POST", "/_sandbox/page/sessions/x/address"],
    ["address-result", "POST", "/_sandbox/page/sessions/x/address-result"],
    ["discount", "POST", "/_sandbox/page/sessions/x/discount"],
    ["shipping-option", "POST", "/_sandbox/page/sessions/x/shipping-option"],
  ])("%s can fail: %s %s", async (on, method, path) => {
    const sandbox = createSandbox();
    sandbox.faults.add({ on, status: 418 });
    expect((await sandbox.fetch(`https://sandbox.test${path}`, { method })).status).toBe(418);
  });
});

describe("faults of the page", () => {
  test("a page receives its message faults, also while it is open", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    const shopper = page(sandbox, id);
    const remove = sandbox.faults.add({ page: { silent: true }, session: id });
    sandbox.faults.add({ page: { duplicate: true, mute: ["HeightChanged"] } });
    const all = { silent: true, duplicate: true, mute: ["HeightChanged"] };
    expect((await shopper("")).body.directives).toEqual(all);
    remove();
    const { events } = (await shopper("/events?after=0&wait=0")).body;
    expect(events.map(({ directives }: { directives: object }) => directives)).toEqual([
      { silent: true },
      all,
      { duplicate: true, mute: ["HeightChanged"] },
    ]);
  });

  test("an expired session can be answered without its order", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    sandbox.faults.add({ withoutOrder: true, session: id, times: 1 });
    const { session: expired } = (await page(sandbox, id)("")).body;
    expect([expired.id, expired.order]).toEqual([id, undefined]);
    expect((await page(sandbox, id)("")).body.session.order).toBeDefined();
  });

  test("a dead frame is a page whose connection is reset", async () => {
    const { sandbox, url } = await open();
    const { id } = await createOrder(sandbox);
    sandbox.faults.add({ on: "page", session: id, fail: "reset" });
    await expect(fetch(`${url}/?sid=${id}`)).rejects.toThrow("fetch failed");
    await expect(fetch(`${url}/v1/view/${id}`)).rejects.toThrow("fetch failed");
  });
});
