// Captures, refunds and voids that Dintero accepts (202) and does later, or not at all.
import { pay, type Sandbox, type Session } from "dintero-checkout-element/sandbox";
import { describe, expect, test } from "vitest";
import { openShop, shopWithoutCallbacks } from "./support.ts";

const orderPath = "/office/order-001";

/** A T-shirt and a mug, paid; everything that moves money is accepted and done when `finish()` is called. */
async function slowOrder({ fails = false } = {}) {
  const opened = await openShop();
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  await shopper.add("enamel-mug");
  const session = await shopper.session();
  const { id } = await pay(session);
  await shopper.get("/orders/order-001");
  const { sandbox, clock } = opened;
  const settings = { on: "*", accepted: { after: 3_600_000, fails } } as const;
  const undo = sandbox.faults.add(settings);
  const office = async () => {
    clock.ahead += 3000;
    return (await shopper.get(orderPath)).text;
  };
  return {
    ...opened,
    shopper,
    session,
    undo,
    office,
    finish: () => finish(sandbox, session),
    transaction: () => sandbox.transactions.get(id)!,
    payment: () => opened.store.order("order-001")!.payment!,
  };
}

/** Dintero does what it has accepted. */
async function finish(sandbox: Sandbox, { id }: Session): Promise<void> {
  const answer = await sandbox.fetch(`http://127.0.0.1:4242/_sandbox/sessions/${id}/complete`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.ok).toBe(true);
}

const sumOf = (
  transaction: { events: readonly { event: string; success?: boolean; amount?: number }[] },
  name: string,
) =>
  transaction.events
    .filter(({ event, success }) => event === name && success !== false)
    .reduce((sum, { amount = 0 }) => sum + amount, 0);

describe("a capture that is accepted and done later", () => {
  test("is not offered again before its end, and cannot be sent twice", async () => {
    const { shopper, office, finish, transaction, payment } = await slowOrder();
    const answer = await shopper.submit(`${orderPath}/capture`, { line: "1" });
    expect((await shopper.get(answer.location!)).text).toContain("Accepted by Dintero, to be done later.");
    const page = await office();
    expect(page).toContain("is accepted by Dintero, and not done yet");
    expect(page).not.toMatch(/name="line" value="1"/);
    expect(page).toMatch(/name="line" value="2"/);
    expect(page).not.toContain("Void the payment");

    const again = await shopper.submit(`${orderPath}/capture`, { line: "1" });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining("has not finished") as string]);
    expect((await shopper.submit(`${orderPath}/void`)).status).toBe(409);

    await finish();
    await office();
    expect(payment()).toMatchObject({ captured: 29990, capturedLines: ["1"] });
    expect(sumOf(transaction(), "CAPTURE")).toBe(29990);
  });

  test("that fails is shown, and can be repeated once", async () => {
    const { shopper, office, finish, undo, payment, transaction } = await slowOrder({ fails: true });
    await shopper.submit(`${orderPath}/capture`, { line: "1" });
    await finish();
    const page = await office();
    expect(page).toMatch(/The capture of [^<]* failed/);
    expect(page).toMatch(/name="line" value="1"/);
    expect(payment()).toMatchObject({ captured: 0, capturedLines: [] });
    undo();
    expect((await shopper.submit(`${orderPath}/capture`, { line: "1" })).status).toBe(303);
    expect(payment()).toMatchObject({ captured: 29990 });
    expect(sumOf(transaction(), "CAPTURE")).toBe(29990);
  });
});

test.each([
  ["the first one first", false],
  ["both at once", true],
])("two captures that are accepted, then %s: each line is captured once", async (_, together) => {
  const { shopper, office, finish, payment, transaction } = await slowOrder();
  await shopper.submit(`${orderPath}/capture`, { line: "1" });
  if (!together) await finish();
  await shopper.submit(`${orderPath}/capture`, { line: "2" });
  await finish();
  await office();
  expect(payment().capturedLines.slice().sort()).toEqual(["1", "2"]);
  expect(sumOf(transaction(), "CAPTURE")).toBe(transaction().amount);
});

describe("a refund that is accepted and done later", () => {
  async function captured(options?: { fails?: boolean }) {
    const order = await slowOrder(options);
    order.undo();
    await order.shopper.submit(`${orderPath}/capture`, [
      ["line", "1"],
      ["line", "2"],
    ]);
    order.sandbox.faults.add({
      on: "refund",
      accepted: { after: 3_600_000, fails: options?.fails ?? false },
      times: 1,
    });
    return order;
  }

  test("is not sent twice", async () => {
    const { shopper, office, finish, payment, transaction } = await captured();
    await shopper.submit(`${orderPath}/refund`, { line: "1" });
    expect(await office()).not.toMatch(/name="line" value="1"/);
    expect((await shopper.submit(`${orderPath}/refund`, { line: "1" })).status).toBe(409);
    await finish();
    await office();
    expect(payment()).toMatchObject({ refunded: 29990, refundedLines: ["1"] });
    expect(sumOf(transaction(), "REFUND")).toBe(29990);
  });

  test("that fails can be repeated", async () => {
    const { shopper, office, finish, payment } = await captured({ fails: true });
    await shopper.submit(`${orderPath}/refund`, { line: "1" });
    await finish();
    expect(await office()).toMatch(/The refund of [^<]* failed/);
    expect((await shopper.submit(`${orderPath}/refund`, { line: "1" })).status).toBe(303);
    expect(payment()).toMatchObject({ refunded: 29990 });
  });
});

describe("a void that is accepted and done later", () => {
  test("keeps the money where it is until then, and cancels the order at its end", async () => {
    const { shopper, office, finish, store } = await slowOrder();
    await shopper.submit(`${orderPath}/void`);
    expect(store.order("order-001")?.status).toBe("paid");
    const page = await office();
    expect(page).toContain("The void is accepted by Dintero");
    expect(page).not.toMatch(/name="line"/);
    expect((await shopper.submit(`${orderPath}/capture`, { line: "1" })).status).toBe(409);
    await finish();
    await office();
    expect(store.order("order-001")?.status).toBe("cancelled");
  });

  test("that fails leaves the payment to be captured", async () => {
    const { shopper, office, finish, undo, payment } = await slowOrder({ fails: true });
    await shopper.submit(`${orderPath}/void`);
    await finish();
    expect(await office()).toContain("The void failed");
    undo();
    expect((await shopper.submit(`${orderPath}/capture`, { line: "1" })).status).toBe(303);
    expect(payment().captured).toBe(29990);
  });
});

describe("a second payment whose return is accepted and done later", () => {
  async function paidTwice({ fails = false } = {}) {
    const opened = await shopWithoutCallbacks();
    const { shopper, session, sandbox, clock } = opened;
    await shopper.get("/thanks/order-001?error=cancelled&merchant_reference=order-001");
    const second = await shopper.session();
    await pay(session);
    await shopper.get("/orders/order-001");
    const extra = await pay(second);
    sandbox.faults.add({ on: "void", accepted: { after: 3_600_000, fails }, times: 1 });
    const office = async () => {
      clock.ahead += 3000;
      return (await shopper.get(orderPath)).text;
    };
    await office();
    const status = () => sandbox.transactions.get(extra.id)?.status;
    const voids = () =>
      sandbox.transactions.get(extra.id)!.events.filter(({ event }) => /VOID/.test(event)).length;
    return { ...opened, second, office, status, voids };
  }

  test("is sent once, and shown until its end", async () => {
    const { office, sandbox, second, status, voids } = await paidTwice();
    expect(await office()).toContain("Dintero is returning it.");
    await office();
    expect(voids()).toBe(1);
    await finish(sandbox, second);
    expect(await office()).toContain("Voided.");
    expect(status()).toBe("AUTHORIZATION_VOIDED");
  });

  test("that fails is shown, is not sent by itself again, and is repeated by the shop's staff", async () => {
    const { office, sandbox, second, status, voids, shopper } = await paidTwice({ fails: true });
    await finish(sandbox, second);
    const page = await office();
    expect(page).toContain("Dintero could not return it");
    expect(page).toContain("Return the other payment");
    await office();
    expect(voids()).toBe(2);
    expect((await shopper.submit(`${orderPath}/return`)).status).toBe(303);
    expect(status()).toBe("AUTHORIZATION_VOIDED");
    expect(await office()).not.toContain("Return the other payment");
    expect((await shopper.submit(`${orderPath}/return`)).status).toBe(409);
  });
});

test("a capture whose event has failed and was corrected is not offered again", async () => {
  const { shopper, office, sandbox, undo, payment } = await slowOrder();
  undo();
  sandbox.faults.add({ on: "capture", correction: {}, times: 1 });
  await shopper.submit(`${orderPath}/capture`, { line: "1" });
  expect(payment()).toMatchObject({ captured: 29990, capturedLines: ["1"] });
  const [capture = ""] = (await office()).split("Take back and refund");
  expect(capture).not.toMatch(/name="line" value="1"/);
});
