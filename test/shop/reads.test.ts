import { pay } from "dintero-checkout-element/sandbox";
import { expect, test } from "vitest";
import { catchUp } from "../../demo/shop/settlement.ts";
import { openShop, silentShop } from "./support.ts";

async function paidShop() {
  const opened = await silentShop();
  const { id } = await pay(opened.session);
  const { dintero } = opened;
  /** How often the shop asked Dintero while it did something. */
  const asked = async (work: () => Promise<unknown>) => {
    const before = dintero.requests.length;
    await work();
    return dintero.requests.length - before;
  };
  const parameters = `transaction_id=${id}&merchant_reference=order-001`;
  return {
    ...opened,
    asked,
    thanks: `/thanks/order-001?${parameters}`,
    status: `/api/checkout/status?${parameters}`,
  };
}

test("whoever is not the order's owner does not make the shop ask Dintero", async () => {
  const { another, asked, thanks, status, store } = await paidShop();
  await another.add("tote-bag");
  for (const path of [thanks, status, "/orders/order-001"]) {
    expect([path, await asked(() => another.get(path))]).toEqual([path, 0]);
  }
  expect(JSON.parse((await another.get(status)).text).status).toBe("pending");
  expect(store.order("order-001")?.status).toBe("open");
});

test("the owner does, at most every two seconds, however many pages are opened", async () => {
  const { shopper, asked, thanks, status, clock } = await paidShop();
  clock.ahead += 2000;
  const many = () =>
    Promise.all([thanks, status, "/orders/order-001", thanks].map((path) => shopper.getAtOnce(path)));
  // The session, and its transaction.
  expect(await asked(many)).toBe(2);
  clock.ahead += 1999;
  expect(await asked(many)).toBe(0);
  clock.ahead += 1;
  expect(await asked(() => shopper.getAtOnce(thanks))).toBeGreaterThan(0);
});

test("what the owner's look has found is shown to whoever knows the transaction", async () => {
  const { shopper, another, thanks, status } = await paidShop();
  await shopper.get(thanks);
  expect(JSON.parse((await another.get(status)).text)).toMatchObject({
    status: "paid",
    merchantReference: "order-001",
  });
  expect((await another.get(status.replace("order-001", "order-002"))).status).toBe(404);
});

test("two processes on one database ask once between them", async () => {
  const { folder, sandbox, shopper, asked, clock, dintero } = await paidShop();
  const second = await openShop({ folder, sandbox });
  const same = second.shopper();
  same.cookie = shopper.cookie;
  clock.ahead = second.clock.ahead = 60_000;
  expect(await asked(() => shopper.getAtOnce("/orders/order-001"))).toBe(2);
  await same.getAtOnce("/orders/order-001");
  expect(second.dintero.requests).toEqual([]);
  expect(dintero.requests.length).toBeGreaterThan(0);
});

test("the list of the back office asks at most every two seconds too", async () => {
  const { shopper, asked, clock } = await paidShop();
  clock.ahead += 2000;
  expect(await asked(() => shopper.getAtOnce("/office"))).toBe(2);
  expect(await asked(() => shopper.getAtOnce("/office"))).toBe(0);
});

test("at the start, an order that cannot be read does not stop the others", async () => {
  const first = await silentShop();
  await first.another.add("enamel-mug");
  const second = await first.another.session();
  await pay(first.session);
  await pay(second);
  const { shop, store, log } = await openShop({
    folder: first.folder,
    sandbox: first.sandbox,
    lie(path, body) {
      if (path.includes(first.session.id)) throw new TypeError("connection reset");
      return body;
    },
  });
  await catchUp(shop);
  expect(store.order("order-001")?.status).toBe("open");
  expect(store.order("order-002")?.status).toBe("paid");
  expect(log.join("\n")).toMatch(/order-001 could not be looked up: /);
});

test("nor does one whose row is damaged", async () => {
  const first = await silentShop();
  await first.another.add("enamel-mug");
  await pay(await first.another.session());
  first.database.run("UPDATE orders SET lines = 'not JSON' WHERE id = 'order-001'");
  await catchUp(first.shop);
  expect(first.store.order("order-002")?.status).toBe("paid");
});
