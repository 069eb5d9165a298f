import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import {
  createAddressHandler,
  createCallbackHandler,
  createDinteroClient,
  createSessionHandler,
  createStatusHandler,
  type Transaction,
} from "../../src/server/index.ts";
import {
  createSandbox,
  decline,
  hold,
  nextCallback,
  pay,
  release,
  type SandboxOptions,
} from "../../src/sandbox/index.ts";
import { record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";

const origin = "https://shop.example";

/** A small shop that uses the sandbox in memory, without opening a port. */
function shop(options: SandboxOptions = {}, down: () => boolean = () => false) {
  const sandbox = createSandbox({
    retryDelay: () => 0,
    fetch: (input, init) => callback(new Request(input, init)),
    ...options,
  });
  const client = createDinteroClient({
    ...sandbox,
    apiUrl: "https://sandbox.test",
    checkoutUrl: "https://sandbox.test",
    fetch: sandbox.fetch,
  });
  const paid: Transaction[] = [];
  const deliveries: string[] = [];
  const checkout = watch(
    createSessionHandler({
      client,
      createSession: () => ({
        ...tShirt,
        url: {
          return_url: `${origin}/thanks`,
          callback_url: `${origin}/callback?report_error=true&method=POST&includes=session`,
        },
      }),
    }),
  );
  const callback = watch(
    createCallbackHandler({
      accountId: sandbox.accountId,
      signatureSecret: sandbox.signatureSecret,
      onError: (error) => record(error),
      async onCallback({ transactionId, deliveryId }) {
        deliveries.push(deliveryId ?? "");
        if (down()) throw new Error("the database is down");
        if (!transactionId) return;
        const transaction = await client.getTransaction(transactionId);
        const recorded = paid.some((one) => one.id === transaction.id);
        if (transaction.status === "AUTHORIZED" && !recorded) paid.push(transaction);
      },
    }),
  );
  const status = watch(createStatusHandler({ client }));
  async function order() {
    const answer = await checkout(
      new Request(`${origin}/api/checkout`, {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json", origin, "sec-fetch-site": "same-origin" },
      }),
    );
    const { id } = (await answer.json()) as { id: string };
    const session = sandbox.sessions.get(id);
    if (!session) throw new Error(`no session ${id}`);
    return session;
  }
  return { sandbox, client, paid, deliveries, order, status };
}

test("an order is paid: session, signed callback, transaction, status", async () => {
  const { order, paid, status, client } = shop();
  const session = await order();
  const transaction = await pay(session);
  expect(await nextCallback(session)).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
  expect(paid).toMatchObject([{ id: transaction.id, status: "AUTHORIZED", amount: 29990, currency: "NOK" }]);
  const answer = await status(
    new Request(`${origin}/status?transaction_id=${transaction.id}&merchant_reference=order-001`),
  );
  expect(await answer.json()).toEqual({
    status: "paid",
    merchantReference: "order-001",
    transactionId: transaction.id,
    sessionId: session.id,
  });
  expect(await client.captureTransaction(transaction.id, { amount: 29990 })).toMatchObject({
    status: "CAPTURED",
  });
  expect(await client.refundTransaction(transaction.id, { amount: 29990 })).toMatchObject({
    status: "REFUNDED",
  });
});

test(
  "an order is paid exactly once when the handler fails 19 deliveries and accepts the 20th",
  { timeout: 30_000 },
  async () => {
    let deliveries = 0;
    const world = shop({}, () => ++deliveries < 20);
    const session = await world.order();
    await pay(session);
    const { state, attempts } = await nextCallback(session, { timeout: 25_000 });
    expect(state).toBe("delivered");
    expect(attempts.map(({ status }) => status)).toEqual([...Array<number>(19).fill(500), 200]);
    expect(world.paid).toHaveLength(1);
  },
);

test("a payment on hold is called back at once and at its release, and is paid once", async () => {
  const { order, paid } = shop();
  const session = await order();
  await hold(session);
  await nextCallback(session);
  expect(paid).toEqual([]);
  await release(session, "AUTHORIZED");
  await nextCallback(session);
  expect(paid).toHaveLength(1);
});

test("a declined payment is called back with its error, and pays nothing", async () => {
  const { order, paid, status } = shop();
  const session = await order();
  const transaction = await decline(session);
  await nextCallback(session);
  expect(paid).toEqual([]);
  if (!transaction) return;
  const query = `transaction_id=${transaction.id}&merchant_reference=order-001`;
  const answer = await status(new Request(`${origin}/status?${query}`));
  expect(await answer.json()).toMatchObject({ status: "failed" });
});

test("with the wrong signature secret the callback is refused for good", async () => {
  const other = createSandbox();
  const { order, paid } = shop({
    fetch: (input, init) => {
      const request = new Request(input, init);
      return createCallbackHandler({
        accountId: other.accountId,
        signatureSecret: other.signatureSecret,
        onCallback: () => {},
        onError: (error) => record(error),
      })(request);
    },
  });
  const session = await order();
  await pay(session);
  expect(await nextCallback(session)).toMatchObject({ state: "refused", attempts: [{ status: 401 }] });
  expect(paid).toEqual([]);
});

test("an expired token is renewed transparently", async () => {
  const { sandbox, order } = shop();
  await order();
  sandbox.faults.add({ on: "create-session", fail: "expired-token", times: 1 });
  await expect(order()).resolves.toBeTruthy();
});

test("an express session calls the address handler, signed", async () => {
  const addresses: unknown[] = [];
  const sandbox = createSandbox({
    fetch: async (input, init) => {
      const handler = createAddressHandler({
        accountId: sandbox.accountId,
        signatureSecret: sandbox.signatureSecret,
        onError: (error) => record(error),
        shippingOptions: (session) => {
          addresses.push(session.order.shipping_address);
          return [{ id: "post", line_id: "post", amount: 4900, vat: 25, title: "Post", operator: "" }];
        },
      });
      return handler(new Request(input, init));
    },
  });
  const client = createDinteroClient({
    ...sandbox,
    apiUrl: "https://s.test",
    checkoutUrl: "https://s.test",
    fetch: sandbox.fetch,
  });
  const { id } = await client.createSession({
    ...tShirt,
    url: { return_url: `${origin}/thanks` },
    express: {
      shipping_options: [],
      shipping_mode: "shipping_required",
      shipping_address_callback_url: `${origin}/address`,
    },
  });
  const answer = await sandbox.fetch(`https://s.test/_sandbox/page/sessions/${id}/address`, {
    method: "POST",
    body: JSON.stringify({ address: { country: "NO", postal_code: "0155" } }),
  });
  expect(answer.status).toBe(200);
  expect(addresses).toMatchObject([{ country: "NO", postal_code: "0155" }]);
  expect(await client.getSession(id)).toMatchObject({ express: { shipping_options: [{ id: "post" }] } });
});

test("a body over the limit is answered with 413 over a real connection, before it is completely sent", async () => {
  const handler = createSessionHandler({
    client: createDinteroClient({ accountId: "T12345678", clientId: "a", clientSecret: "b" }),
    createSession: () => tShirt,
  });
  const { getRequestListener } = await import("@hono/node-server");
  const server = createServer(getRequestListener((request) => handler(request)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: JSON.stringify("x".repeat(200_000)),
      headers: { "content-type": "application/json" },
    });
    expect([response.status, await response.json()]).toEqual([413, { error: { code: "too-large" } }]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
