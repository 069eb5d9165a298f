import { describe, expect, test } from "vitest";
import { createOrder, createSandbox, pay, nextCallback, type Sandbox } from "../../src/sandbox/index.ts";
import { page, shop, type Body } from "./merchant.ts";

function control(sandbox: Sandbox) {
  return async (method: string, path: string, body?: unknown) => {
    const answer = await sandbox.fetch(`https://sandbox.test/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
}

describe("the control API", () => {
  test("it describes its account, without a secret", async () => {
    const sandbox = createSandbox({ secret: "s3cret" });
    const call = control(sandbox);
    const answer = await sandbox.fetch("https://sandbox.test/_sandbox/");
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(await answer.json()).toEqual({
      account: "T12345678",
      client_id: sandbox.clientId,
      sessions: 0,
      keeps: 2000,
    });
    await pay(await createOrder(sandbox));
    for (const path of ["/sessions", "/deliveries", "/faults", "/events"])
      expect(JSON.stringify(await call("GET", path))).not.toContain("s3cret");
  });

  test("a page with only the element gets a session, whose return url is the console", async () => {
    const sandbox = createSandbox();
    const { id, url } = (await control(sandbox)("POST", "/checkout", {})).body;
    expect(url).toBe(`https://sandbox.test/v1/view/${id}`);
    expect(sandbox.sessions.get(id)?.url.return_url).toBe("https://sandbox.test/");
  });

  test("a session is created, paid, captured, refunded and listed", async () => {
    const call = control(createSandbox());
    const { session } = (await call("POST", "/sessions", { order: undefined })).body;
    const perform = async (action: string, body?: object) =>
      (await call("POST", `/sessions/${session.id}/${action}`, body)).body;
    expect((await perform("pay")).transaction.status).toBe("AUTHORIZED");
    expect((await perform("hold")).transaction.status).toBe("ON_HOLD");
    expect((await perform("release", { status: "AUTHORIZED" })).transaction.status).toBe("AUTHORIZED");
    expect((await perform("capture", { amount: 29990 })).transaction.status).toBe("CAPTURED");
    expect((await perform("refund", { amount: 1 })).transaction.status).toBe("PARTIALLY_REFUNDED");
    const { sessions } = (await call("GET", "/sessions")).body;
    expect(sessions).toMatchObject([
      { session: { id: session.id }, outcome: { type: "SessionPaymentAuthorized" } },
    ]);
    expect((await call("GET", `/sessions/${session.id}`)).body).toEqual(sessions[0]);
  });

  test.each([
    ["void", undefined, "AUTHORIZATION_VOIDED"],
    ["cancel", undefined, "AUTHORIZATION_VOIDED"],
  ])("a paid session: %s", async (action, body, status) => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    await control(sandbox)("POST", `/sessions/${id}/pay`);
    const answer = await control(sandbox)("POST", `/sessions/${id}/${action}`, body);
    expect(answer.body.transaction.status).toBe(status);
  });

  test("an open session: hold, decline, cancel, expire, lock, post", async () => {
    const sandbox = createSandbox();
    const call = control(sandbox);
    const perform = async (action: string, body?: object) =>
      (await call("POST", `/sessions/${(await createOrder(sandbox)).id}/${action}`, body)).body;
    expect((await perform("hold")).transaction.status).toBe("ON_HOLD");
    expect((await perform("pay", { outcome: "declined" })).outcome.error).toBe("failed");
    expect((await perform("cancel")).outcome.type).toBe("SessionCancel");
    expect((await perform("expire")).expired).toBe(true);
    expect((await perform("lock")).session.pay_lock.id).toBeTruthy();
    const { id } = await createOrder(sandbox);
    await call("POST", `/sessions/${id}/post`, { message: { type: "HeightChanged", height: 7 } });
    const { events } = (await page(sandbox, id)("/events?wait=0")).body;
    expect(events).toEqual([{ seq: 1, type: "post", message: { type: "HeightChanged", height: 7 } }]);
  });

  test.each<[string, unknown, number]>([
    ["/sessions/T1.x/pay", {}, 404],
    ["/sessions/ID/dance", {}, 404],
    ["/sessions/ID/pay", { outcome: "lucky" }, 400],
    ["/sessions/ID/release", { status: "CAPTURED" }, 400],
    ["/sessions/ID/capture", {}, 400],
    ["/sessions", { order: { amount: 1 } }, 400],
    ["/faults", { on: "everything" }, 400],
    ["/faults", { on: "token", fail: "hangs" }, 400],
    ["/faults", { on: "token", delay: "soon" }, 400],
    ["/faults", { on: "token", status: 42 }, 400],
    ["/faults", { on: "token", status: 204 }, 400],
    ["/faults", { on: "token", status: 429, headers: { "Retry After": "1" } }, 400],
    ["/faults", null, 400],
    ["/sessions", null, 400],
    ["/sessions/ID/pay", null, 400],
    ["/sessions/ID/post", null, 400],
    ["/deliveries/schedule", null, 400],
    ["/deliveries/unknown/replay", {}, 404],
    ["/deliveries/schedule", { retry_delay: "soon" }, 400],
  ])("POST %s with %j is refused", async (path, body, status) => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    expect((await control(sandbox)("POST", path.replace("ID", id), body)).status).toBe(status);
  });

  test("a body of more than 1 MB is refused, and nothing of it is stored", async () => {
    const sandbox = createSandbox();
    const metadata = { note: "x".repeat(1024 * 1024) };
    expect((await control(sandbox)("POST", "/sessions", { metadata })).status).toBe(413);
    expect(sandbox.sessions.size).toBe(0);
  });

  test("faults are set, listed and cleared", async () => {
    const sandbox = createSandbox();
    const call = control(sandbox);
    const fault = { on: "create-session", status: 500 };
    expect((await call("POST", "/faults", fault)).body).toEqual({ faults: [fault] });
    expect((await call("GET", "/faults")).body).toEqual({ faults: [fault] });
    expect((await call("DELETE", "/faults")).body).toEqual({ faults: [] });
  });

  test("callbacks are listed with their signed lines, replayed, retried at once and rescheduled", async () => {
    const statuses = [500, 200];
    const server = await shop((_, response) => response.writeHead(statuses.shift() ?? 200).end());
    const sandbox = createSandbox();
    const call = control(sandbox);
    await call("POST", "/deliveries/schedule", { retry_delay: 0 });
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url: server.url },
    });
    await pay(session);
    const { id } = await nextCallback(session);
    const [delivery] = (await call("GET", "/deliveries")).body.deliveries;
    expect(delivery).toMatchObject({ id, state: "delivered", attempts: [{ status: 500 }, { status: 200 }] });
    expect(delivery.attempts[0].signed).toContain("\nT12345678\nGET\n127.0.0.1\n/\n");
    await call("POST", `/deliveries/${id}/replay`);
    expect((await nextCallback(session)).id).not.toBe(id);
    await call("POST", "/deliveries/schedule", { retry_delay: null });
    expect(sandbox.deliveries.retryDelay).toBeUndefined();
    expect((await call("POST", "/deliveries/hurry")).status).toBe(200);
    await server.close();
  });

  test("all tokens can be expired", async () => {
    const sandbox = createSandbox();
    expect((await control(sandbox)("POST", "/tokens/expire")).status).toBe(200);
  });

  test("the log delivers events as they happen", async () => {
    const sandbox = createSandbox();
    const call = control(sandbox);
    const waiting = call("GET", "/events?after=0&wait=5000");
    const session = await createOrder(sandbox);
    expect((await waiting).body.events).toMatchObject([
      { seq: 1, kind: "session", text: "created", session: session.id },
    ]);
    await pay(session);
    const { events } = (await call("GET", "/events?after=1")).body;
    expect(events.map(({ text }: { text: string }) => text)).toEqual(["completed (AUTHORIZED)"]);
  });
});
