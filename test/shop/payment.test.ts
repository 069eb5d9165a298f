import { decline, hold, nextCallback, pay, release } from "dintero-checkout-element/sandbox";
import { describe, expect, test } from "vitest";
import { catchUp, settle } from "../../demo/shop/settlement.ts";
import { openShop, sandboxWithCallbacks, shopWithoutCallbacks } from "./support.ts";

async function shopWithCallbacks() {
  const opened = await openShop({ sandbox: sandboxWithCallbacks() });
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  return { ...opened, shopper, session: await shopper.session() };
}

describe("what is paid", () => {
  test("prices come from the catalogue, whatever the browser sends", async () => {
    const { shopper, sandbox } = await openShop().then((shop) => ({ ...shop, shopper: shop.shopper() }));
    await shopper.submit("/cart", { product: "blue-t-shirt", price: "1", amount: "1" });
    const { body } = await shopper.callEndpoint("/api/checkout", {
      amount: 1,
      items: [{ id: "blue-t-shirt", amount: 1 }],
    });
    expect(sandbox.sessions.get(body.id)?.order).toMatchObject({
      amount: 29990,
      currency: "NOK",
      merchant_reference: "order-001",
      vat_amount: 5998,
      items: [{ description: "Blue T-Shirt", quantity: 1, amount: 29990, vat: 25, vat_amount: 5998 }],
    });
  });

  test("an unknown product and an invalid quantity change nothing", async () => {
    const { shopper } = await openShop().then((shop) => ({ shopper: shop.shopper() }));
    await shopper.add("blue-t-shirt");
    await shopper.add("__proto__");
    await shopper.add("yacht");
    await shopper.submit("/cart/blue-t-shirt", { quantity: "1.5" });
    await shopper.submit("/cart/blue-t-shirt", { quantity: "lots" });
    const { order } = await shopper.session();
    expect(order.amount).toBe(29990);
  });
});

describe("an order becomes paid", () => {
  test("after a verified callback", async () => {
    const { session, store } = await shopWithCallbacks();
    const transaction = await pay(session);
    const delivery = await nextCallback(session);
    expect(delivery.state).toBe("delivered");
    expect(store.order("order-001")).toMatchObject({
      status: "paid",
      payment: { transactionId: transaction.id, status: "AUTHORIZED" },
    });
  });

  test("when the shopper returns without a callback", async () => {
    const { shopper, session, store } = await shopWithoutCallbacks();
    const transaction = await pay(session);
    expect(store.order("order-001")?.status).toBe("open");
    const page = await shopper.get(
      `/thanks/order-001?transaction_id=${transaction.id}&merchant_reference=order-001`,
    );
    expect(page.text).toMatch(/badge good">Paid/);
    expect(store.order("order-001")?.status).toBe("paid");
  });

  test("when its page is opened without a callback or a return", async () => {
    const { shopper, session, store } = await shopWithoutCallbacks();
    await pay(session);
    expect((await shopper.get("/orders/order-001")).text).toMatch(/badge good">Paid/);
    expect(store.order("order-001")?.status).toBe("paid");
  });

  test("at the start of the shop, if it was paid while the shop was down", async () => {
    const { session, sandbox, folder } = await shopWithoutCallbacks();
    await pay(session);
    const { shop, store, log } = await openShop({ sandbox, folder });
    await catchUp(shop);
    expect(store.order("order-001")?.status).toBe("paid");
    expect(log).toContain("order-001 is paid now.");
  });

  test("once, when callbacks, returns and page views arrive at the same time", async () => {
    const { shopper, session, store, shop } = await shopWithCallbacks();
    const { id } = await pay(session);
    const address = `/thanks/order-001?transaction_id=${id}&merchant_reference=order-001`;
    await Promise.all([
      nextCallback(session),
      settle(shop, "order-001", { transactionId: id, refresh: true }),
      settle(shop, "order-001", { transactionId: id, refresh: true }),
      shopper.get(address),
      shopper.get(address),
      shopper.get("/orders/order-001"),
      shopper.get(`/api/checkout/status?transaction_id=${id}&merchant_reference=order-001`),
    ]);
    const order = store.order("order-001");
    expect(order?.history.filter(({ text }) => text.startsWith("Paid"))).toHaveLength(1);
    expect(order?.extras).toEqual([]);
  });

  test("and stays paid after a restart", async () => {
    const { session, sandbox, folder } = await shopWithCallbacks();
    await pay(session);
    await nextCallback(session);
    const { store } = await openShop({ sandbox, folder });
    expect(store.order("order-001")?.status).toBe("paid");
  });

  test("after being on hold, once Dintero authorizes the payment", async () => {
    const { shopper, session, sandbox, store } = await shopWithCallbacks();
    await hold(session);
    await nextCallback(session);
    expect((await shopper.get("/orders/order-001")).text).toMatch(/badge wait">On hold/);
    await release(sandbox.sessions.get(session.id)!, "AUTHORIZED");
    await nextCallback(session);
    expect(store.order("order-001")?.status).toBe("paid");
  });

  test("and its cart keeps only the products added meanwhile", async () => {
    const { shopper, session, shop } = await shopWithoutCallbacks();
    await shopper.add("enamel-mug");
    await pay(session);
    await shopper.get("/orders/order-001");
    const cart = await shopper.get("/cart");
    expect(cart.text).toContain("Enamel Mug");
    expect(cart.text).not.toContain("Blue T-Shirt");
    expect(shop.orders.find("order-001")?.status).toBe("paid");
  });
});

describe("an order becomes paid by a transaction with the status", () => {
  test.each([
    "AUTHORIZED",
    "CAPTURED",
    "PARTIALLY_CAPTURED",
    "PARTIALLY_CAPTURED_REFUNDED",
    "PARTIALLY_REFUNDED",
    "REFUNDED",
  ])("%s when it is read for the first time", async (status) => {
    const { shopper, session, store } = await shopWithoutCallbacks({
      alterAnswer: (path, body) => (path.startsWith("/v1/transactions/") ? { ...body, status } : body),
    });
    await pay(session);
    await shopper.get("/orders/order-001");
    expect(store.order("order-001")).toMatchObject({ status: "paid", payment: { status } });
  });
});

describe("an order does not become paid", () => {
  test.each([
    ["amount", { amount: 100 }],
    ["currency", { currency: "SEK" }],
    ["merchant reference", { merchant_reference: "order-999" }],
    ["session", { session_id: "T12345678.another" }],
    ["status", { status: "INITIALIZED" }],
    ["status, an unknown one", { status: "NEW_AND_UNKNOWN" }],
  ])("by a transaction of another %s", async (_what, change) => {
    const { shopper, session, store } = await shopWithoutCallbacks({
      alterAnswer: (path, body) => (path.startsWith("/v1/transactions/") ? { ...body, ...change } : body),
    });
    const { id } = await pay(session);
    const page = await shopper.get(`/thanks/order-001?transaction_id=${id}&merchant_reference=order-001`);
    expect(page.text).not.toMatch(/badge good/);
    expect(store.order("order-001")?.status).toBe("open");
    const status = await shopper.get(
      `/api/checkout/status?transaction_id=${id}&merchant_reference=order-001`,
    );
    expect(status.text).not.toContain('"paid"');
  });

  test("by a callback without a signature, which is refused for good", async () => {
    const { shopper, store } = await shopWithoutCallbacks();
    const forged = await shopper.get(
      "/dintero/callback?transaction_id=T12345678.x&merchant_reference=order-001",
    );
    expect(forged.status).toBe(401);
    expect(store.order("order-001")?.status).toBe("open");
  });

  test("by another order's transaction in the return address", async () => {
    const { shopper, store, another } = await shopWithoutCallbacks();
    await another.add("blue-t-shirt");
    const theirs = await another.session();
    const { id } = await pay(theirs);
    for (const named of [id, "T12345678.unknown", "../../etc"]) {
      await shopper.get(
        `/thanks/order-001?transaction_id=${encodeURIComponent(named)}&merchant_reference=order-001`,
      );
    }
    expect(store.order("order-001")?.status).toBe("open");
  });

  test("by a declined payment, and the next attempt gets a new session", async () => {
    const { shopper, session, store } = await shopWithCallbacks();
    await decline(session);
    await nextCallback(session);
    expect(store.order("order-001")).toMatchObject({ status: "open", payment: { status: "DECLINED" } });
    expect((await shopper.get("/orders/order-001")).text).toContain("Payment failed");
    const again = await shopper.session();
    expect(again.id).not.toBe(session.id);
    expect(again.order.merchant_reference).toBe("order-001");
    await pay(again);
    await nextCallback(again);
    expect(store.order("order-001")?.status).toBe("paid");
  });
});
