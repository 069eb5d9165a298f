import { hold, pay, release } from "dintero-checkout-element/sandbox";
import { expect, test } from "vitest";
import { openShop } from "./support.ts";

/** A T-shirt and two mugs, paid. */
async function paidOrder() {
  const opened = await openShop();
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  await shopper.add("enamel-mug");
  await shopper.add("enamel-mug");
  const session = await shopper.session();
  const transaction = await pay(session);
  await shopper.get("/orders/order-001");
  const status = () => opened.sandbox.transactions.get(transaction.id)?.status;
  return { ...opened, shopper, session, status };
}

const orderPath = "/office/order-001";

test("shipped lines are captured: first a part, then the rest", async () => {
  const { shopper, status, store } = await paidOrder();
  expect(await shopper.submit(`${orderPath}/capture`, { line: "1" })).toMatchObject({
    status: 303,
    location: "/office/order-001?done=capture",
  });
  expect(status()).toBe("PARTIALLY_CAPTURED");
  expect(store.order("order-001")?.payment).toMatchObject({ captured: 29990, capturedLines: ["1"] });

  await shopper.submit(`${orderPath}/capture`, { line: "2" });
  expect(status()).toBe("CAPTURED");
  expect((await shopper.get(`${orderPath}?done=capture`)).text).toContain("Captured.");
});

test("two simultaneous captures of the same line capture it once", async () => {
  const { shopper, store } = await paidOrder();
  const answers = await Promise.all([1, 2].map(() => shopper.submit(`${orderPath}/capture`, { line: "1" })));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(store.order("order-001")?.payment).toMatchObject({ captured: 29990, capturedLines: ["1"] });
});

test("all lines are captured at once", async () => {
  const { shopper, status } = await paidOrder();
  await shopper.submit(`${orderPath}/capture`, [
    ["line", "1"],
    ["line", "2"],
  ]);
  expect(status()).toBe("CAPTURED");
});

test("captured lines are refunded, in parts and as a whole, and the order shows it", async () => {
  const { shopper, status } = await paidOrder();
  await shopper.submit(`${orderPath}/capture`, [
    ["line", "1"],
    ["line", "2"],
  ]);
  await shopper.submit(`${orderPath}/refund`, { line: "2" });
  expect(status()).toBe("PARTIALLY_REFUNDED");
  await shopper.submit(`${orderPath}/refund`, { line: "1" });
  expect(status()).toBe("REFUNDED");
  expect((await shopper.get("/orders/order-001")).text).toContain("Refunded");
});

test("a payment is voided, and the order is cancelled with it", async () => {
  const { shopper, status, store } = await paidOrder();
  await shopper.submit(`${orderPath}/void`);
  expect(status()).toBe("AUTHORIZATION_VOIDED");
  expect(store.order("order-001")?.status).toBe("cancelled");
});

test("an unpaid order is cancelled together with its session", async () => {
  const { shopper, sandbox, store } = await openShop().then((shop) => ({ ...shop, shopper: shop.shopper() }));
  await shopper.add("tote-bag");
  const session = await shopper.session();
  await shopper.submit(`${orderPath}/cancel`);
  expect(store.order("order-001")?.status).toBe("cancelled");
  expect(sandbox.sessions.get(session.id)?.cancelled_at).toBeDefined();
  await expect(pay(session)).rejects.toThrow();
});

test("an order whose payment the shop has not read yet is not cancelled, nor its payment voided", async () => {
  const { shopper, sandbox, store } = await openShop().then((shop) => ({ ...shop, shopper: shop.shopper() }));
  await shopper.add("tote-bag");
  const { id } = await pay(await shopper.session());
  const answer = await shopper.submit(`${orderPath}/cancel`);
  expect(answer.text).toContain("order-001 is paid: void or refund the payment instead.");
  expect(store.order("order-001")?.status).toBe("paid");
  expect(sandbox.transactions.get(id)?.status).toBe("AUTHORIZED");
});

test.each([
  ["capture", {}, [], "Choose what you ship."],
  [
    "refund",
    { line: "1" },
    [],
    "Nothing was captured yet, so nothing can be refunded. Void the payment instead.",
  ],
  ["capture", { line: "1" }, ["capture"], "“Blue T-Shirt” was captured before."],
  [
    "void",
    {},
    ["capture", "capture the rest"],
    "The money was captured, so the payment can no longer be voided. Refund it instead.",
  ],
  ["refund", { line: "1" }, ["capture", "refund"], "“Blue T-Shirt” was refunded before."],
  ["capture", { line: "1" }, ["void"], "The payment was voided: there is no money to move."],
  ["cancel", {}, [], "order-001 is paid: void or refund the payment instead."],
])("%s of %o after %j is refused with an explanation", async (action, fields, before, message) => {
  const { shopper } = await paidOrder();
  for (const earlier of before) {
    const line = earlier.endsWith("the rest") ? "2" : "1";
    await shopper.submit(`${orderPath}/${earlier.split(" ")[0]}`, { line });
  }
  const answer = await shopper.submit(`${orderPath}/${action}`, fields as Record<string, string>);
  expect(answer.status).toBe(409);
  expect(answer.text).toContain(message);
});

test("a payment on hold cannot be captured, and is shown differently from a paid one", async () => {
  const { sandbox, ...opened } = await openShop();
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  const session = await shopper.session();
  await hold(session);
  expect((await shopper.get("/office")).text).toContain("ON_HOLD");
  const refused = await shopper.submit(`${orderPath}/capture`, { line: "1" });
  expect(refused.text).toContain("Dintero is still checking this payment");
  await release(sandbox.sessions.get(session.id)!, "AUTHORIZED");
  expect((await shopper.get(orderPath)).text).toContain("Paid");
});

test("when Dintero is down, the office shows that its data may be out of date, and moves no money", async () => {
  const { shopper, status, dintero } = await paidOrder();
  dintero.down = true;
  expect((await shopper.get(orderPath)).text).toContain(
    "Dintero did not answer, so this page may be out of date.",
  );
  const answer = await shopper.submit(`${orderPath}/capture`, { line: "1" });
  expect(answer.text).toContain("Dintero could not be reached. Check the payment before you try again.");
  dintero.down = false;
  expect(status()).toBe("AUTHORIZED");
});

test("when the answer to a capture is lost, the page shows the capture all the same", async () => {
  const { shopper, sandbox, store } = await paidOrder();
  sandbox.faults.add({ on: "capture", fail: "reset", afterwards: true, times: 1 });
  await shopper.submit(`${orderPath}/capture`, { line: "1" });
  expect(store.order("order-001")?.payment).toMatchObject({ captured: 29990, capturedLines: ["1"] });
});

test("other sites' forms are refused", async () => {
  const { app } = await paidOrder();
  const answer = await app.request(`http://localhost:3000${orderPath}/void`, {
    method: "POST",
    headers: { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(403);
});

test("with real credentials the office requires a password, and is off without one", async () => {
  const env = {
    DINTERO_ACCOUNT_ID: "T00000001",
    DINTERO_CLIENT_ID: "id",
    DINTERO_CLIENT_SECRET: "secret",
  };
  const off = await openShop({ env });
  expect((await off.shopper().get("/office")).status).toBe(404);
  const locked = await openShop({ env: { ...env, OFFICE_PASSWORD: "sesame" } });
  expect((await locked.shopper().get("/office")).status).toBe(401);
  const authorization = `Basic ${btoa("office:sesame")}`;
  const open = await locked.app.request("http://localhost:3000/office", { headers: { authorization } });
  expect(open.status).toBe(200);
});
