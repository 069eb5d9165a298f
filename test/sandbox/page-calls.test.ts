import { describe, expect, onTestFinished, test, vi } from "vitest";
import { cancel, createOrder, createSandbox, decline, expire, pay } from "../../src/sandbox/index.ts";
import type { PageEvent } from "../../src/sandbox/page-api.ts";
import { merchant, order, page } from "./merchant.ts";

const cheaper = { amount: 19990, items: [{ ...order.items[0], amount: 19990 }] };
const request = { payment_product_type: "vipps", outcome: "authorized" };

async function open(body = {}) {
  const sandbox = createSandbox();
  const session = await createOrder(sandbox, body);
  return { sandbox, session, shopper: page(sandbox, session.id) };
}

describe("the view of the hosted page", () => {
  test("a view contains the session, its payment methods and what the shopper can do", async () => {
    const { sandbox, session, shopper } = await open();
    const { status, body } = await shopper("");
    expect(status).toBe(200);
    expect(body).toEqual({
      session: sandbox.sessions.get(session.id),
      payment_methods: expect.any(Array),
      delivery: "not_required",
      missing: [],
      saved_cards: [],
      purpose: "payment",
      saves_card: false,
      save_card_checkbox: null,
      checkboxes: [],
      discount_codes: null,
      outcome: null,
      directives: {},
      seq: 0,
    });
  });

  test.each([
    ["NOK", ["card", "vipps", "klarna", "invoice", "applepay", "googlepay"]],
    ["SEK", ["card", "swish", "klarna", "invoice", "applepay", "googlepay"]],
    ["DKK", ["card", "mobilepay", "klarna", "invoice", "applepay", "googlepay"]],
    ["EUR", ["card", "mobilepay", "klarna", "invoice", "applepay", "googlepay"]],
    ["USD", ["card", "applepay", "googlepay"]],
  ])("in %s one pays by %j", async (currency, kinds) => {
    const { shopper } = await open({ order: { ...order, currency } });
    const { payment_methods } = (await shopper("")).body;
    expect(payment_methods.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  });

  test("an unknown session is not found", async () => {
    const { status, body } = await page(createSandbox(), "T12345678.unknown")("");
    expect([status, body.error.code]).toEqual([404, "session_not_found"]);
  });

  test("an ended session is still shown, with its outcome", async () => {
    const { session, shopper } = await open();
    await pay(session);
    const { body } = await shopper("/refresh", {});
    expect(body.outcome).toMatchObject({ type: "SessionPaymentAuthorized" });
    expect(body.session.transaction_id).toBe(body.outcome.transaction_id);
  });

  test("cancelling returns to the shop with error=cancelled", async () => {
    const { shopper } = await open();
    const { body } = await shopper("/cancel", {});
    expect(body).toEqual({
      type: "SessionCancel",
      merchant_reference: "order-001",
      href: "https://shop.example/thanks?merchant_reference=order-001&error=cancelled",
    });
    expect((await shopper("/cancel", {})).body.error.code).toBe("session_ended");
  });

  test("the return url keeps the merchant's own parameters, and an app's scheme", async () => {
    const { shopper } = await open({ url: { return_url: "myshop://thanks?cart=7" } });
    const { href } = (await shopper("/pay", request)).body;
    expect(href).toMatch(
      /^myshop:\/\/thanks\?cart=7&transaction_id=T12345678\.\w+&merchant_reference=order-001$/,
    );
  });

  test("a payment without a method or with an unknown outcome is refused", async () => {
    const { shopper } = await open();
    for (const body of [null, {}, { outcome: "authorized" }, { ...request, outcome: "lucky" }])
      expect((await shopper("/pay", body)).body.error.code).toBe("invalid_request");
  });
});

describe("lock and refresh", () => {
  test("a lock stops paying and editing until the merchant's update is refreshed", async () => {
    const { sandbox, session, shopper } = await open();
    const call = await merchant(sandbox);
    const { pay_lock_id } = (await shopper("/lock", {})).body;
    expect((await shopper("/refresh", {})).body.session.pay_lock.id).toBe(pay_lock_id);
    for (const [path, body] of [
      ["/pay", request],
      ["/address", { address: {} }],
      ["/discount", { codes: [] }],
      ["/shipping-option", {}],
    ] as const)
      expect((await shopper(path, body)).body.error.code).toBe("session_locked");
    await call("PUT", `/sessions/${session.id}`, { order: cheaper });
    const { body } = await shopper("/refresh", {});
    expect([body.session.pay_lock, body.session.order.amount]).toEqual([undefined, 19990]);
    expect((await shopper("/pay", request)).status).toBe(200);
  });

  test("locking a locked session returns the same lock", async () => {
    const { shopper } = await open();
    expect((await shopper("/lock", {})).body).toEqual((await shopper("/lock", {})).body);
  });

  test("a completed or expired session cannot be locked", async () => {
    for (const end of [pay, decline, cancel, expire]) {
      const { session, shopper } = await open();
      await end(session);
      const { status, body } = await shopper("/lock", {});
      expect([status, body.error.code]).toEqual([409, "lock_refused"]);
    }
  });

  test("a cancelled session loses its lock", async () => {
    const { sandbox, session, shopper } = await open();
    await shopper("/lock", {});
    await cancel(session);
    expect(sandbox.sessions.get(session.id)?.pay_lock).toBeUndefined();
  });
});

describe("events for an open page", () => {
  const types = (events: readonly PageEvent[]) => events.map(({ type }) => type);

  test("an open page receives an expiry, its own outcome and another window's", async () => {
    const { session, shopper } = await open();
    const waiting = shopper("/events?after=0");
    await shopper("/pay", { ...request, page: "me" });
    const { events } = (await waiting).body;
    expect(events).toMatchObject([
      { seq: 1, type: "ended", page: "me", outcome: { type: "SessionPaymentAuthorized" } },
    ]);
    const other = await open();
    const later = other.shopper("/events?after=0");
    await expire(other.session);
    expect(types((await later).body.events)).toEqual(["expired"]);
    expect(session.id).not.toBe(other.session.id);
  });

  test("a session that expires while the page is open reports it by itself", async () => {
    const { shopper } = await open({ expires_at: new Date(Date.now() + 500).toISOString() });
    expect(types((await shopper("/events?after=0&wait=5000")).body.events)).toEqual(["expired"]);
    expect((await shopper("/events?after=1&wait=0")).body.events).toEqual([]);
  });

  test("a timer that fires slightly before the clock does not hide the expiry", async () => {
    let now = Date.now();
    const sandbox = createSandbox({ now: () => now });
    const session = await createOrder(sandbox, { expires_at: new Date(now + 20).toISOString() });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const waiting = page(sandbox, session.id)("/events?after=0&wait=5000");
    // The clock counts whole ms, the timer does not.
    now += 19;
    await vi.advanceTimersByTimeAsync(20);
    now += 1;
    await vi.advanceTimersByTimeAsync(1);
    expect(types((await waiting).body.events)).toEqual(["expired"]);
  });

  test("an open page receives the merchant's update and cancellation", async () => {
    const { sandbox, session, shopper } = await open();
    const call = await merchant(sandbox);
    await call("PUT", `/sessions/${session.id}?update_without_lock=true`, { order: cheaper });
    await call("POST", `/sessions/${session.id}/cancel`);
    const { events } = (await shopper("/events?after=0&wait=0")).body;
    expect(types(events)).toEqual(["changed", "ended"]);
    expect(events[1].outcome.type).toBe("SessionCancel");
  });

  test("waiting without an event ends with an empty list", async () => {
    const { shopper } = await open();
    expect((await shopper("/events?after=0&wait=1")).body).toEqual({ events: [] });
  });
});

test.each(["pay", "cancel", "address", "discount", "shipping-option"])(
  "a body that is not an object is refused by %s",
  async (call) => {
    const { session, shopper } = await open();
    const { status, body } = await shopper(`/${call}`, null);
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
    await pay(session);
  },
);
