import { pay } from "dintero-checkout-element/sandbox";
import { expect, test } from "vitest";
import { catchUp } from "../../demo/shop/settlement.ts";
import { openShop, shopWithoutCallbacks } from "./support.ts";

async function paidShop() {
  const opened = await shopWithoutCallbacks();
  const { id } = await pay(opened.session);
  const { dintero } = opened;
  /** The number of requests that the shop sends to Dintero meanwhile. */
  const countRequests = async (work: () => Promise<unknown>) => {
    const before = dintero.requests.length;
    await work();
    return dintero.requests.length - before;
  };
  const parameters = `transaction_id=${id}&merchant_reference=order-001`;
  return {
    ...opened,
    countRequests,
    thanks: `/thanks/order-001?${parameters}`,
    status: `/api/checkout/status?${parameters}`,
  };
}

test("a shopper who does not own the order triggers no request to Dintero", async () => {
  const { another, countRequests, thanks, status, store } = await paidShop();
  await another.add("tote-bag");
  for (const path of [thanks, status, "/orders/order-001"]) {
    expect([path, await countRequests(() => another.get(path))]).toEqual([path, 0]);
  }
  expect(JSON.parse((await another.get(status)).text).status).toBe("pending");
  expect(store.order("order-001")?.status).toBe("open");
});

test("the owner does, at most every two seconds, however many pages are open", async () => {
  const { shopper, countRequests, thanks, status, clock } = await paidShop();
  clock.ahead += 2000;
  const many = () =>
    Promise.all([thanks, status, "/orders/order-001", thanks].map((path) => shopper.getAtOnce(path)));
  // The session, and its transaction.
  expect(await countRequests(many)).toBe(2);
  clock.ahead += 1999;
  expect(await countRequests(many)).toBe(0);
  clock.ahead += 1;
  expect(await countRequests(() => shopper.getAtOnce(thanks))).toBeGreaterThan(0);
});

test("the status read for the owner is shown to everyone who has the transaction id", async () => {
  const { shopper, another, thanks, status } = await paidShop();
  await shopper.get(thanks);
  expect(JSON.parse((await another.get(status)).text)).toMatchObject({
    status: "paid",
    merchantReference: "order-001",
  });
  expect((await another.get(status.replace("order-001", "order-002"))).status).toBe(404);
});

test("two processes on one database send one read between them", async () => {
  const { folder, sandbox, shopper, countRequests, clock, dintero } = await paidShop();
  const second = await openShop({ folder, sandbox });
  const same = second.shopper();
  same.cookie = shopper.cookie;
  clock.ahead = second.clock.ahead = 60_000;
  expect(await countRequests(() => shopper.getAtOnce("/orders/order-001"))).toBe(2);
  await same.getAtOnce("/orders/order-001");
  expect(second.dintero.requests).toEqual([]);
  expect(dintero.requests.length).toBeGreaterThan(0);
});

test("the list of the back office is read at most every two seconds too", async () => {
  const { shopper, countRequests, clock } = await paidShop();
  clock.ahead += 2000;
  expect(await countRequests(() => shopper.getAtOnce("/office"))).toBe(2);
  expect(await countRequests(() => shopper.getAtOnce("/office"))).toBe(0);
});

test("at the start, an order that cannot be read does not stop the others", async () => {
  const first = await shopWithoutCallbacks();
  await first.another.add("enamel-mug");
  const second = await first.another.session();
  await pay(first.session);
  await pay(second);
  const { shop, store, log } = await openShop({
    folder: first.folder,
    sandbox: first.sandbox,
    alterAnswer(path, body) {
      if (path.includes(first.session.id)) throw new TypeError("connection reset");
      return body;
    },
  });
  await catchUp(shop);
  expect(store.order("order-001")?.status).toBe("open");
  expect(store.order("order-002")?.status).toBe("paid");
  expect(log.join("\n")).toMatch(/order-001 could not be read: /);
});

test("nor does an order whose row is damaged", async () => {
  const first = await shopWithoutCallbacks();
  await first.another.add("enamel-mug");
  await pay(await first.another.session());
  first.database.run("UPDATE orders SET lines = 'not JSON' WHERE id = 'order-001'");
  await catchUp(first.shop);
  expect(first.store.order("order-002")?.status).toBe("paid");
});
