import { afterEach, describe, expect, test } from "vitest";
import { cancel, createOrder, createSandbox, pay, type SavedState } from "../../src/sandbox/index.ts";
import { verifyWebhook, type Webhook } from "../../src/server/index.ts";
import { merchant, shop, type Arrived } from "./merchant.ts";

const hooks = "/accounts/T12345678/hooks";
const secret = { type: "HMAC-SHA1", value: "hook-secret" };
const events = ["checkout_transaction", "checkout_authorization"];

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A shop that verifies what arrives, and resolves once so many webhooks came. */
async function subscribed({ status = 200, config = {} } = {}) {
  const waiting: { readonly count: number; readonly resolve: (verified: Webhook[]) => void }[] = [];
  const verified: Webhook[] = [];
  const server = await shop((arrived, response) => {
    void (async () => {
      verified.push(await verifyWebhook(asRequest(arrived), { secret: secret.value }));
      response.writeHead(status).end();
      for (const { count, resolve } of waiting) if (verified.length >= count) resolve(verified);
    })();
  });
  closers.push(server.close);
  const sandbox = createSandbox({ retryDelay: () => 0 });
  const call = await merchant(sandbox);
  const { body } = await call("POST", `${hooks}/subscriptions`, {
    config: { url: server.url, secret, ...config },
    events,
  });
  const arrived = (count: number) =>
    new Promise<Webhook[]>((resolve) => {
      if (verified.length >= count) resolve(verified);
      else waiting.push({ count, resolve });
    });
  return { sandbox, call, subscription: body, arrived, requests: server.arrived };
}

function asRequest({ method, url, headers, text }: Arrived): Request {
  return new Request(url, { method, headers: headers as Record<string, string>, body: text });
}

describe("account-wide webhooks", () => {
  test("a subscription is read without its secret, and a ping follows it", async () => {
    const { call, subscription, arrived } = await subscribed();
    expect(subscription).toMatchObject({ active: true, events, config: { secret: { type: "HMAC-SHA1" } } });
    expect(JSON.stringify(subscription)).not.toContain(secret.value);
    const [ping] = await arrived(1);
    expect(ping).toMatchObject({ event: "ping", payload: { account_id: "T12345678", event: "ping" } });
    expect((await call("GET", `${hooks}/subscriptions/${subscription.id}`)).body).toEqual(subscription);
    expect((await call("GET", `${hooks}/subscriptions`)).body).toEqual([subscription]);
  });

  test("verifyWebhook accepts checkout_authorization and checkout_transaction of a payment", async () => {
    const { sandbox, arrived } = await subscribed();
    const transaction = await pay(await createOrder(sandbox));
    const received = (await arrived(3)).slice(1);
    expect(received.map(({ event }) => event).toSorted()).toEqual([...events].toSorted());
    for (const { event, deliveryId, payload } of received)
      expect(payload).toMatchObject({
        event,
        event_delivery: deliveryId,
        transaction: { id: transaction.id },
      });
  });

  test("checkout_authorization also reports that the customer cancelled", async () => {
    const { sandbox, arrived } = await subscribed();
    const session = await cancel(await createOrder(sandbox));
    const [, report] = await arrived(2);
    expect(report?.payload).toMatchObject({
      event: "checkout_authorization",
      error: "cancelled",
      session_id: session.id,
    });
  });

  test("checkout_transaction reports captures, refunds and voids", async () => {
    const { sandbox, call, arrived } = await subscribed();
    const { id } = await pay(await createOrder(sandbox));
    await call("POST", `/transactions/${id}/capture`, { amount: 29990 });
    const all = await arrived(4);
    expect(all.at(-1)).toMatchObject({
      event: "checkout_transaction",
      payload: { transaction: { status: "CAPTURED" } },
    });
  });

  test("ping is answered 204, and its delivery is listed and read", async () => {
    const { call, sandbox, subscription, arrived } = await subscribed();
    await arrived(1);
    expect((await call("POST", `${hooks}/subscriptions/${subscription.id}/ping`)).status).toBe(204);
    await arrived(2);
    await expect
      .poll(() => [...sandbox.deliveries].map(({ state }) => state))
      .toEqual(["delivered", "delivered"]);
    const [latest] = (await call("GET", `${hooks}/subscriptions/${subscription.id}/deliveries`)).body;
    expect(latest).toMatchObject({ event_delivery: latest.id, status: "delivered" });
    const { body } = await call("GET", `${hooks}/deliveries/${latest.id}`);
    expect(body).toMatchObject({ id: latest.id, request: { method: "POST" }, response: { status: 200 } });
    expect(typeof body.duration).toBe("number");
  });

  test.each([302, 400, 500])(
    "an answer of %s is not a 2xx: a webhook is tried five times",
    async (status) => {
      const { sandbox, arrived, requests } = await subscribed({ status });
      await arrived(5);
      await expect.poll(() => [...sandbox.deliveries].map(({ state }) => state)).toEqual(["given-up"]);
      expect(new Set(requests.map(({ headers }) => headers["event-delivery"])).size).toBe(1);
      expect(requests).toHaveLength(5);
    },
  );

  test("a deleted subscription gets nothing more, and what is wrong in a new one is named", async () => {
    const { call, sandbox, subscription, arrived, requests } = await subscribed();
    await arrived(1);
    expect((await call("DELETE", `${hooks}/subscriptions/${subscription.id}`)).status).toBe(204);
    await pay(await createOrder(sandbox));
    expect(requests).toHaveLength(1);
    expect((await call("GET", `${hooks}/subscriptions/${subscription.id}`)).status).toBe(404);
    const refused = await call("POST", `${hooks}/subscriptions`, { config: {}, events });
    expect(refused.body.error.errors).toMatchObject([{ path: "config.url" }]);
  });

  test("another account can neither read nor use the address", async () => {
    const { sandbox, subscription } = await subscribed();
    const other = await merchant(sandbox, "P00000000");
    expect((await other("GET", `${hooks}/subscriptions/${subscription.id}`)).status).toBe(403);
    expect((await other("GET", `/accounts/P00000000/hooks/subscriptions/${subscription.id}`)).status).toBe(
      404,
    );
  });

  test("subscriptions survive a restart", async () => {
    let saved: SavedState | undefined;
    const state = { load: () => saved, save: (read: () => SavedState) => void (saved = read()) };
    const fetch = async () => new Response();
    const sandbox = createSandbox({ state, fetch });
    const config = { url: "https://shop.example/hook" };
    const { id } = (await (await merchant(sandbox))("POST", `${hooks}/subscriptions`, { config, events }))
      .body;
    const again = await merchant(createSandbox({ state, fetch }));
    expect((await again("GET", `${hooks}/subscriptions/${id}`)).body).toMatchObject({ id, config });
  });
});
