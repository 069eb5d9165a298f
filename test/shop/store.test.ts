import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newOrder } from "../../demo/shop/order.js";
import { own } from "../../demo/shop/owner.js";
import { Queue } from "../../demo/shop/queue.js";
import { Store } from "../../demo/shop/store.js";

let folder: string;
const file = () => join(folder, "shop.json");

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "store-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const order = (id: string) => newOrder({ id, shopper: "s", flow: "plain", lines: [], currency: "NOK" });

test("orders are numbered, and on disk when they are told", async () => {
  const store = await Store.open(file());
  const made = await Promise.all([store.addOrder(order), store.addOrder(order), store.addOrder(order)]);
  expect(made.map(({ id }) => id)).toEqual(["order-001", "order-002", "order-003"]);
  const again = await Store.open(file());
  expect(again.orders().map(({ id }) => id)).toEqual(["order-003", "order-002", "order-001"]);
  expect((await again.addOrder(order)).id).toBe("order-004");
});

test("who changes an order has it alone", async () => {
  const store = await Store.open(file());
  await store.addOrder(order);
  const seen: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, () =>
      store.change("order-001", async (one) => {
        const before = one.amount;
        await new Promise((resolve) => setImmediate(resolve));
        one.amount = before + 1;
        seen.push(one.amount);
      }),
    ),
  );
  expect(seen.at(-1)).toBe(20);
  expect(JSON.parse(await readFile(file(), "utf8")).orders["order-001"].amount).toBe(20);
});

test("a change that fails halfway keeps what it learned, and lets the next one in", async () => {
  const store = await Store.open(file());
  await store.addOrder(order);
  const failing = store.change("order-001", async (one) => {
    one.amount = 5;
    throw new Error("Dintero is down");
  });
  await expect(failing).rejects.toThrow("Dintero is down");
  expect(await store.change("order-001", async (one) => one.amount)).toBe(5);
  expect((await Store.open(file())).order("order-001")?.amount).toBe(5);
});

test("the file is whole at every moment", async () => {
  const store = await Store.open(file());
  let reading = true;
  const reader = (async () => {
    while (reading) JSON.parse(await readFile(file(), "utf8").catch(() => "{}"));
  })();
  await Promise.all(Array.from({ length: 50 }, () => store.addOrder(order)));
  reading = false;
  await reader;
  expect(await readdir(folder)).toEqual(["shop.json"]);
});

test("a file that holds something else is refused by name, and left alone", async () => {
  await writeFile(file(), "not orders");
  await expect(Store.open(file())).rejects.toThrow(`${file()} does not hold a shop's orders.`);
  expect(await readFile(file(), "utf8")).toBe("not orders");
});

test("names that objects have by themselves are no orders and no carts", async () => {
  const store = await Store.open(file());
  expect(store.order("constructor")).toBeUndefined();
  expect(store.cart("__proto__")).toBeUndefined();
});

test("a folder has one shop at a time; one that ended without a word does not keep it", async () => {
  await writeFile(join(folder, "running.pid"), String(process.ppid));
  await expect(own(folder)).rejects.toThrow(`The shop is running already (process ${process.ppid}).`);
  await writeFile(join(folder, "running.pid"), "99999999");
  const release = await own(folder);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test("a queue runs one key in order and different keys side by side", async () => {
  const queue = new Queue();
  const done: string[] = [];
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const first = queue.run("a", async () => {
    await gate;
    done.push("a1");
  });
  const second = queue.run("a", async () => void done.push("a2"));
  await queue.run("b", async () => void done.push("b"));
  open();
  await Promise.all([first, second]);
  expect(done).toEqual(["b", "a1", "a2"]);
});
