import { cancel, expire, pay } from "dintero-checkout-element/sandbox";
import { describe, expect, test } from "vitest";
import { openShop, shopWithoutCallbacks } from "./support.ts";

describe("the session of a cart", () => {
  test("stays the same while the cart is unchanged", async () => {
    const { shopper, session, sandbox } = await shopWithoutCallbacks();
    expect((await shopper.session()).id).toBe(session.id);
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is shared by tabs that request it at the same time", async () => {
    const { shopper, sandbox } = await openShop().then((shop) => ({ ...shop, shopper: shop.shopper() }));
    await shopper.add("blue-t-shirt");
    const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.callEndpoint()));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is replaced when the cart changes, and the old one can no longer be paid", async () => {
    const { shopper, session, sandbox, store } = await shopWithoutCallbacks();
    await shopper.add("enamel-mug");
    const next = await shopper.session();
    expect(next.order).toMatchObject({ amount: 44890, merchant_reference: "order-002" });
    expect(sandbox.sessions.get(session.id)?.cancelled_at).toBeDefined();
    await expect(pay(session)).rejects.toThrow();
    expect(store.order("order-001")?.status).toBe("cancelled");
  });

  test("is replaced for the same order when the old one has expired", async () => {
    const { shopper, session } = await shopWithoutCallbacks();
    await expire(session);
    const next = await shopper.session();
    expect(next.id).not.toBe(session.id);
    expect(next.order.merchant_reference).toBe("order-001");
  });

  test("is replaced for the same order when the shopper cancelled the old one", async () => {
    const { shopper, session } = await shopWithoutCallbacks();
    await cancel(session);
    const next = await shopper.session();
    expect(next.id).not.toBe(session.id);
    expect(next.order.merchant_reference).toBe("order-001");
  });

  test("is refused with a message when the cart was paid in another tab", async () => {
    const { shopper, session, sandbox } = await shopWithoutCallbacks();
    await pay(session);
    expect(await shopper.callEndpoint()).toEqual({
      status: 409,
      body: { error: { code: "already-paid", message: "Nothing left to pay: order-001 is paid." } },
    });
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is refused for an empty cart", async () => {
    const { shopper } = await openShop().then((shop) => ({ shopper: shop.shopper() }));
    const { status, body } = await shopper.callEndpoint();
    expect([status, body.error.code]).toEqual([409, "cart-empty"]);
  });

  test("can be opened by a form, for browsers without scripts", async () => {
    const { shopper, session } = await shopWithoutCallbacks();
    const answer = await shopper.submit("/api/checkout");
    expect(answer).toMatchObject({ status: 303, location: `http://127.0.0.1:4242/v1/view/${session.id}` });
  });
});
