import { expect, test } from "vitest";
import { silentShop } from "./support.ts";

const wrapped = { giftWrap: true };
const path = (session: { id: string }) => `/api/checkout?session_id=${session.id}`;

test("session and order are changed together, by the shop's price", async () => {
  const { shopper, session, sandbox, store } = await silentShop();
  sandbox.sessions.lock(sandbox.sessions.require(session));
  const { status } = await shopper.ask(path(session), { ...wrapped, amount: 1 }, "PUT");
  expect(status).toBe(200);
  expect(sandbox.sessions.get(session.id)?.order).toMatchObject({ amount: 34890, vat_amount: 6978 });
  expect(store.order("order-001")).toMatchObject({ amount: 34890, sessions: [{ id: session.id }] });
  // the same cart as before: no second session
  expect((await shopper.session()).id).toBe(session.id);
});

test("another shopper's session is not touched", async () => {
  const { another, session, sandbox, store } = await silentShop();
  await another.add("enamel-mug");
  sandbox.sessions.lock(sandbox.sessions.require(session));
  expect((await another.ask(path(session), wrapped, "PUT")).status).toBe(409);
  expect(store.order("order-001")?.amount).toBe(29990);
});

test("what Dintero refuses leaves the order as it was", async () => {
  // not locked: the shopper could pay the old sum meanwhile
  const { shopper, session, store } = await silentShop();
  expect((await shopper.ask(path(session), wrapped, "PUT")).status).toBeGreaterThanOrEqual(400);
  expect(store.order("order-001")?.amount).toBe(29990);
  expect((await shopper.get("/cart")).text).not.toContain("Gift wrap");
});
