import { cancel, expire, pay } from "dintero-checkout-element/sandbox";
import { describe, expect, test } from "vitest";
import { openShop, silentShop } from "./support.ts";

describe("the session of a cart", () => {
  test("is the same while the cart is", async () => {
    const { shopper, session, sandbox } = await silentShop();
    expect((await shopper.session()).id).toBe(session.id);
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is one for two tabs that ask at once", async () => {
    const { shopper, sandbox } = await openShop().then((shop) => ({ ...shop, shopper: shop.shopper() }));
    await shopper.add("blue-t-shirt");
    const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.ask()));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is another when the cart was changed, and the old one cannot be paid any more", async () => {
    const { shopper, session, sandbox, store } = await silentShop();
    await shopper.add("enamel-mug");
    const next = await shopper.session();
    expect(next.order).toMatchObject({ amount: 44890, merchant_reference: "order-002" });
    expect(sandbox.sessions.get(session.id)?.cancelled_at).toBeDefined();
    await expect(pay(session)).rejects.toThrow();
    expect(store.order("order-001")?.status).toBe("cancelled");
  });

  test("is another of the same order when the old one has expired", async () => {
    const { shopper, session } = await silentShop();
    await expire(session);
    const next = await shopper.session();
    expect(next.id).not.toBe(session.id);
    expect(next.order.merchant_reference).toBe("order-001");
  });

  test("is another of the same order when the shopper cancelled the old one", async () => {
    const { shopper, session } = await silentShop();
    await cancel(session);
    const next = await shopper.session();
    expect(next.id).not.toBe(session.id);
    expect(next.order.merchant_reference).toBe("order-001");
  });

  test("is none when it was paid in another tab: the shopper is told so", async () => {
    const { shopper, session, sandbox } = await silentShop();
    await pay(session);
    expect(await shopper.ask()).toEqual({
      status: 409,
      body: { error: { code: "already-paid", message: "Nothing left to pay: order-001 is paid." } },
    });
    expect(sandbox.sessions.size).toBe(1);
  });

  test("is none for an empty cart", async () => {
    const { shopper } = await openShop().then((shop) => ({ shopper: shop.shopper() }));
    const { status, body } = await shopper.ask();
    expect([status, body.error.code]).toEqual([409, "cart-empty"]);
  });

  test("is reached by a form too, for those without scripts", async () => {
    const { shopper, session } = await silentShop();
    const answer = await shopper.submit("/api/checkout");
    expect(answer).toMatchObject({ status: 303, location: `http://127.0.0.1:4242/v1/view/${session.id}` });
  });
});
