import { expect, test } from "vitest";
import { openShop } from "./support.ts";

test("a shopper who changes the cart again and again gets a refusal, others go on, and it ends", async () => {
  const opened = await openShop();
  const { shop, clock } = opened;
  const shopper = opened.shopper();
  const statuses = new Set<number>();
  for (let count = 0; count < 31; count += 1) {
    await shopper.add(count % 2 ? "blue-t-shirt" : "enamel-mug");
    statuses.add((await shopper.callEndpoint()).status);
  }
  expect([...statuses]).toEqual([200, 409]);
  expect((await shopper.callEndpoint()).body.error.message).toBe(
    "Too many attempts. Try again in a few minutes.",
  );
  const other = opened.shopper();
  await other.add("tote-bag");
  await other.session();
  clock.ahead += 11 * 60 * 1000;
  expect((await shopper.callEndpoint()).status).toBe(200);
  expect(shop.orders.list().length).toBeGreaterThan(30);
});

test("expired shoppers are found by an index", async () => {
  const { database } = (await openShop()).shop;
  const plan = database.all<{ detail: string }>(
    "EXPLAIN QUERY PLAN DELETE FROM shoppers WHERE expires_at <= ?",
    0,
  );
  expect(plan.map(({ detail }) => detail).join()).toContain("shoppers_by_expiry");
});
