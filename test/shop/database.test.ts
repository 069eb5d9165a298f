import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Database } from "../../demo/database/database.ts";
import { Orders } from "../../demo/database/orders.ts";
import { priceLines } from "../../demo/shop/catalogue.ts";
import { temporaryFolder } from "./support.ts";

async function open(folder?: string) {
  const file = join(folder ?? (await temporaryFolder()), "shop.db");
  const database = Database.open(file);
  onTestFinished(() => database.close());
  return { file, database, orders: new Orders(database, Date.now) };
}

const lines = priceLines(new Map([["tote-bag", 2]]));
const fields = { shopper: "s", flow: "plain", lines, currency: "NOK" } as const;

describe("the database", () => {
  test("numbers orders in the order of their creation, across restarts", async () => {
    const folder = await temporaryFolder();
    const { orders } = await open(folder);
    expect([1, 2, 3].map(() => orders.add(fields).id)).toEqual(["order-001", "order-002", "order-003"]);
    const again = await open(folder);
    expect(again.orders.list().map(({ id }) => id)).toEqual(["order-003", "order-002", "order-001"]);
    expect(again.orders.add(fields)).toMatchObject({ id: "order-004", amount: 19800, status: "open", lines });
  });

  test("commits all of a transaction or none of it", async () => {
    const { database, orders } = await open();
    const failing = () =>
      database.transaction(() => {
        orders.add(fields);
        throw new Error("half-way");
      });
    expect(failing).toThrow("half-way");
    expect(orders.list()).toEqual([]);
    expect(orders.add(fields).id).toBe("order-001");
  });

  test("marks an order paid once, whichever connection is first", async () => {
    const folder = await temporaryFolder();
    const [first, second] = [await open(folder), await open(folder)];
    const { id } = first.orders.add(fields);
    expect(first.orders.markPaid(id, { transactionId: "T1", lines })).toBe(true);
    expect(second.orders.markPaid(id, { transactionId: "T2", lines })).toBe(false);
    expect(second.orders.markCancelled(id)).toBe(false);
    expect(second.orders.find(id)).toMatchObject({ status: "paid", transactionId: "T1" });
  });

  test("lets a second connection wait for the first one's transaction", async () => {
    const folder = await temporaryFolder();
    const [first, second] = [await open(folder), await open(folder)];
    first.database.run("BEGIN IMMEDIATE");
    expect(second.orders.list(), "readers do not wait").toEqual([]);
    first.orders.add(fields);
    first.database.run("COMMIT");
    expect(second.orders.add(fields).id).toBe("order-002");
  });

  test("finds no order by the name of an object's built-in property", async () => {
    const { orders } = await open();
    expect(["constructor", "__proto__", "", "order-001"].map((id) => orders.find(id))).toEqual(
      Array(4).fill(undefined),
    );
  });

  test("is readable by its owner only", async () => {
    const { file, orders } = await open();
    orders.add(fields);
    for (const path of [file, `${file}-wal`]) expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe("a database that cannot be opened is reported with its name and what to do, and left unchanged", () => {
  const advice = /Repair it, move it away to start without orders, or set DATA_FOLDER/;

  test("a file that is not a database", async () => {
    const file = join(await temporaryFolder(), "shop.db");
    const text = "these are not the orders that you are looking for. ".repeat(100);
    writeFileSync(file, text);
    expect(() => Database.open(file)).toThrow(
      `The database ${file} cannot be opened: file is not a database.`,
    );
    expect(() => Database.open(file)).toThrow(advice);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("a folder with its name", async () => {
    const file = join(await temporaryFolder(), "shop.db");
    mkdirSync(file);
    expect(() => Database.open(file)).toThrow(/shop\.db cannot be opened: EISDIR/);
  });

  test("a file with the name of its folder", async () => {
    const folder = join(await temporaryFolder(), "data");
    writeFileSync(folder, "");
    expect(() => Database.open(join(folder, "shop.db"))).toThrow(
      /shop\.db cannot be opened: (ENOTDIR|EEXIST)/,
    );
  });

  test.skipIf(process.getuid?.() === 0)("a folder without write permission", async () => {
    const folder = await temporaryFolder();
    chmodSync(folder, 0o500);
    expect(() => Database.open(join(folder, "shop.db"))).toThrow(/shop\.db cannot be opened: EACCES/);
  });

  test("a database from a newer version of the shop", async () => {
    const { file, database } = await open();
    database.run("PRAGMA user_version = 99");
    expect(() => Database.open(file)).toThrow(/it was written by a newer version of this shop/);
  });
});
