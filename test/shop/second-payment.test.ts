import { pay } from "dintero-checkout-element/sandbox";
import { describe, expect, test } from "vitest";
import { catchUp, settle } from "../../demo/shop/settlement.ts";
import { callbackRequest, openShop, shopWithoutCallbacks } from "./support.ts";

describe("a second transaction for an order", () => {
  test("is voided and shown", async () => {
    const { shopper, session, sandbox, store } = await shopWithoutCallbacks();
    // The shopper went back to the shop, got a new session, and pays in both.
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    expect(second.id).not.toBe(session.id);
    const first = await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    const page = await shopper.get("/orders/order-001");

    expect(sandbox.transactions.get(extra.id)?.status).toBe("AUTHORIZATION_VOIDED");
    expect(sandbox.transactions.get(first.id)?.status).toBe("AUTHORIZED");
    expect(store.order("order-001")).toMatchObject({
      status: "paid",
      payment: { transactionId: first.id },
      extras: [{ transactionId: extra.id, status: "AUTHORIZATION_VOIDED" }],
    });
    expect(page.text).toContain("The order has a payment already. Voided.");
    expect((await shopper.get("/office/order-001")).text).toContain(extra.id);
  });

  test("is refunded when it was captured at once, as Swish always is", async () => {
    const { shopper, session, sandbox, store, shop } = await shopWithoutCallbacks();
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    await shop.client.captureTransaction(extra.id, { amount: extra.amount });
    const page = await shopper.get("/orders/order-001");
    expect(sandbox.transactions.get(extra.id)?.status).toBe("REFUNDED");
    expect(page.text).toContain("The order has a payment already. Refunded.");
    expect(store.order("order-001")).toMatchObject({ status: "paid", extras: [{ status: "REFUNDED" }] });
  });

  test("is voided by the next delivery of its callback when Dintero failed at the first one", async () => {
    const { shopper, session, sandbox, app } = await shopWithoutCallbacks();
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    sandbox.faults.add({ on: "void", status: 503, times: 1 });
    const deliver = async () => (await app.fetch(callbackRequest(sandbox, { transaction: extra }))).status;
    expect(await deliver()).toBe(500);
    expect(await deliver()).toBe(200);
    expect(sandbox.transactions.get(extra.id)?.status).toBe("AUTHORIZATION_VOIDED");
  });

  test("is returned once when two processes read it at the same time", async () => {
    const { shopper, session, sandbox, folder, shop, store } = await shopWithoutCallbacks();
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    const other = await openShop({ folder, sandbox });
    await Promise.all([settle(shop, "order-001"), settle(other.shop, "order-001")]);
    expect(sandbox.transactions.get(extra.id)?.status).toBe("AUTHORIZATION_VOIDED");
    expect(store.order("order-001")?.extras).toMatchObject([
      { status: "AUTHORIZATION_VOIDED", problem: "The order has a payment already. Voided." },
    ]);
  });

  test("is voided later when Dintero cannot be reached at first", async () => {
    const { shopper, session, sandbox, store, shop } = await shopWithoutCallbacks();
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    sandbox.faults.add({ on: "void", status: 503, times: 1 });
    await expect(settle(shop, "order-001")).rejects.toThrow();
    expect(store.order("order-001")?.extras).toMatchObject([{ status: "AUTHORIZED" }]);
    await catchUp(shop);
    expect(sandbox.transactions.get(extra.id)?.status).toBe("AUTHORIZATION_VOIDED");
    expect(store.order("order-001")?.extras).toMatchObject([{ status: "AUTHORIZATION_VOIDED" }]);
  });
});
