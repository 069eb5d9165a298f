import { afterEach, describe, expect, test } from "vitest";
import {
  cancel,
  createOrder,
  createSandbox,
  decline,
  expire,
  hold,
  nextCallback,
  pay,
  release,
} from "../../src/sandbox/index.ts";
import { merchant, order, session, shop } from "./merchant.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe("the testing kit", () => {
  test("createOrder creates the quickstart's session, with the given fields replaced", async () => {
    const sandbox = createSandbox();
    expect(await createOrder(sandbox)).toMatchObject({ order: { amount: 29990, currency: "NOK" } });
    const other = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/done" },
      order: { ...order, currency: "SEK", merchant_reference: "order-002" },
    });
    expect(other).toMatchObject({
      order: { currency: "SEK" },
      url: { return_url: "https://shop.example/done" },
    });
    expect(sandbox.sessions.get(other.id)).toBe(other);
  });

  test("createOrder refuses what Dintero would refuse", async () => {
    await expect(createOrder(createSandbox(), { order: { ...order, amount: 1 } })).rejects.toMatchObject({
      code: "invalid_body",
      errors: [{ path: "order.amount" }],
    });
  });

  test("a session created by the shop's own server is paid by its id", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = (await call("POST", "/sessions-profile", session)).body;
    const transaction = await pay(sandbox.sessions.get(id)!, { payment_product_type: "vipps" });
    expect(transaction).toMatchObject({
      status: "AUTHORIZED",
      session_id: id,
      payment_product_type: "vipps",
    });
  });

  test("each way to end a session has its function", async () => {
    const sandbox = createSandbox();
    const make = () => createOrder(sandbox);
    expect((await decline(await make())).status).toBe("DECLINED");
    const held = await make();
    expect((await hold(held)).status).toBe("ON_HOLD");
    expect((await release(held, "FAILED")).status).toBe("FAILED");
    expect((await cancel(await make())).events.at(-1)?.name).toBe("CANCELLED");
    expect(Date.parse((await expire(await make())).expires_at)).toBeLessThanOrEqual(Date.now());
  });

  test("a session ends once", async () => {
    const ended = await createOrder(createSandbox());
    await pay(ended);
    await expect(pay(ended)).rejects.toMatchObject({ code: "session_ended" });
    await expect(cancel(ended)).rejects.toMatchObject({ code: "session_ended" });
  });

  test("nextCallback returns each callback once, in order, whether called before or after it", async () => {
    const server = await shop((_, response) => response.writeHead(200).end());
    closers.push(server.close);
    const sandbox = createSandbox();
    const url = { return_url: "https://shop.example/", callback_url: server.url };
    const [one, two] = [await createOrder(sandbox, { url }), await createOrder(sandbox, { url })];
    const early = nextCallback(one);
    await hold(one);
    await pay(two);
    expect((await early).sessionId).toBe(one.id);
    await release(one, "AUTHORIZED");
    expect((await nextCallback(two)).sessionId).toBe(two.id);
    expect((await nextCallback(one)).id).not.toBe((await early).id);
    await expect(nextCallback(one, { timeout: 10 })).rejects.toMatchObject({ code: "no_callback" });
  });

  test("two simultaneous calls of nextCallback return two callbacks", async () => {
    const sandbox = createSandbox({ fetch: async () => new Response() });
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url: "https://shop.example/callback" },
    });
    sandbox.faults.add({ callback: { twice: true } });
    const both = [nextCallback(session), nextCallback(session)];
    await pay(session);
    const [one, two] = await Promise.all(both);
    expect(one!.id).not.toBe(two!.id);
  });

  test("nextCallback rejects at once for a session without a callback url", async () => {
    await expect(nextCallback(await createOrder(createSandbox()))).rejects.toMatchObject({
      code: "no_callback_url",
    });
  });

  test.each(["secret", "clientId", "clientSecret", "signatureSecret"])("an empty %s is refused", (name) => {
    expect(() => createSandbox({ [name]: "" })).toThrow(
      expect.objectContaining({ code: "invalid_secret" }) as Error,
    );
  });

  test("a session from elsewhere is refused with a hint how to get one", async () => {
    const copy = JSON.parse(JSON.stringify(await createOrder(createSandbox()))) as Parameters<typeof pay>[0];
    await expect(pay(copy)).rejects.toThrow("sandbox.sessions.get(id)");
  });

  test("reset removes sessions, transactions, tokens and faults, and keeps the credentials", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { clientSecret } = sandbox;
    await pay(await createOrder(sandbox));
    sandbox.faults.add({ on: "token", status: 500 });
    sandbox.reset();
    expect([...sandbox.sessions, ...sandbox.transactions, ...sandbox.faults]).toEqual([]);
    expect((await call("GET", "/sessions/x")).status).toBe(401);
    expect(sandbox.clientSecret).toBe(clientSecret);
  });

  test("fetch takes a Request, or what fetch takes", async () => {
    const sandbox = createSandbox();
    const url = "https://sandbox.test/favicon.ico";
    for (const input of [url, new URL(url), new Request(url)])
      expect((await sandbox.fetch(input)).status).toBe(200);
    expect((await sandbox.fetch(new Request(url), { method: "POST" })).status).toBe(404);
    expect((await sandbox.fetch(new Request(url), { incoming: {} } as RequestInit)).status).toBe(200);
  });
});
