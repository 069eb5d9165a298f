import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pay } from "dintero-checkout-element/sandbox";
import { describe, expect, onTestFinished, test } from "vitest";
import { callbackRequest, openShop, shopWithoutCallbacks, temporaryFolder } from "./support.ts";

async function paidShop(options?: Parameters<typeof shopWithoutCallbacks>[0]) {
  const opened = await shopWithoutCallbacks(options);
  const transaction = await pay(opened.session);
  const { app, sandbox } = opened;
  const deliver = async (fields: Partial<Parameters<typeof callbackRequest>[1]> = {}) =>
    (await app.fetch(callbackRequest(sandbox, { transaction, ...fields }))).status;
  return { ...opened, transaction, deliver };
}

describe("a callback", () => {
  test("marks the order paid and is recorded with it", async () => {
    const { deliver, store, database, transaction } = await paidShop();
    expect(await deliver()).toBe(200);
    expect(store.order("order-001")).toMatchObject({ status: "paid", transactionId: transaction.id });
    expect(database.all("SELECT delivery_id, order_id FROM callbacks")).toEqual([
      { delivery_id: "delivery-1", order_id: "order-001" },
    ]);
  });

  test("that is replayed changes nothing, and sends no request to Dintero", async () => {
    const { deliver, store, dintero } = await paidShop();
    await deliver();
    const before = { order: store.order("order-001"), requests: dintero.requests.length };
    expect(await deliver()).toBe(200);
    expect(store.order("order-001")).toEqual(before.order);
    expect(dintero.requests).toHaveLength(before.requests);
  });

  test("in ten simultaneous deliveries marks the order paid once", async () => {
    const { deliver, store } = await paidShop();
    const deliveries = Array.from({ length: 10 }, (_, index) => deliver({ deliveryId: `delivery-${index}` }));
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]));
    const { history, extras } = store.order("order-001")!;
    expect(history.filter(({ text }) => text.startsWith("Paid"))).toHaveLength(1);
    expect(extras).toEqual([]);
  });

  test("with another signature is refused for good", async () => {
    const { deliver, store } = await paidShop();
    expect(await deliver({ secret: "guessed" })).toBe(401);
    expect(store.order("order-001")?.status).toBe("open");
  });

  test("for an unknown order is to be delivered again", async () => {
    const { deliver, transaction } = await paidShop();
    expect(await deliver({ transaction: { ...transaction, merchant_reference: "order-999" } })).toBe(500);
  });

  test("that names another order's transaction does not pay this one", async () => {
    const { deliver, another, store } = await paidShop();
    await another.add("tote-bag");
    const cheap = await pay(await another.session());
    await deliver({ transaction: { ...cheap, merchant_reference: "order-001" } });
    expect(store.order("order-001")?.payment?.transactionId).not.toBe(cheap.id);
  });

  test("is to be delivered again while Dintero cannot be reached", async () => {
    const { deliver, dintero, store } = await paidShop();
    dintero.down = true;
    expect(await deliver()).toBeGreaterThanOrEqual(500);
    dintero.down = false;
    expect(await deliver()).toBe(200);
    expect(store.order("order-001")?.status).toBe("paid");
  });
});

/** A file system of 1 MB, or undefined where this machine does not allow mounting one. */
function smallDisk(): { folder: string; fill(): void; free(): void } | undefined {
  const folder = execFileSync("mktemp", ["-d"], { encoding: "utf8" }).trim();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  const filler = join(folder, "filler");
  return {
    folder,
    fill: () => {
      for (let size = 1024 * 1024; size > 0; size = Math.floor(size / 2)) {
        try {
          writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
        } catch {
          // Half as much may still fit.
        }
      }
    },
    free: () => rmSync(filler),
  };
}

describe("when the database cannot be written", () => {
  const failures = [
    [
      "because the disk is full",
      () => {
        const disk = smallDisk();
        return disk && { folder: disk.folder, break: () => disk.fill(), repair: () => disk.free() };
      },
    ],
    [
      "because it is read-only",
      () => ({
        folder: undefined,
        break: ({ database }: Pick<Awaited<ReturnType<typeof openShop>>, "database">) =>
          void database.run("PRAGMA query_only = 1"),
        repair: ({ database }: Pick<Awaited<ReturnType<typeof openShop>>, "database">) =>
          void database.run("PRAGMA query_only = 0"),
      }),
    ],
  ] as const;

  test.each(failures)(
    "%s, a callback is to be delivered again, and the next delivery marks the order paid",
    async (_why, prepare) => {
      const failure = prepare();
      if (!failure) return expect(process.getuid?.(), "a file system of its own needs root").not.toBe(0);
      const opened = await paidShop({ folder: failure.folder ?? (await temporaryFolder()) });
      const { deliver, store, shopper, log } = opened;
      failure.break(opened);
      expect(await deliver()).toBe(500);
      expect(await deliver()).toBe(500);
      expect(store.order("order-001")?.status).toBe("open");
      // The shopper gets an error page, and still sees what can be read.
      const page = await shopper.get("/orders/order-001");
      expect(page).toMatchObject({ status: 503, text: expect.stringContaining("That did not work") });
      expect((await shopper.add("tote-bag")).status).toBe(503);
      expect((await shopper.get("/cart")).text).toContain("Blue T-Shirt");
      expect(log.join("\n")).toMatch(/dintero\/callback failed: .*(full|readonly)/);

      failure.repair(opened);
      expect(await deliver()).toBe(200);
      expect(store.order("order-001")?.status).toBe("paid");
    },
  );

  test("or read, every page shows an error, and callbacks are to be delivered again", async () => {
    const { deliver, shopper, database } = await paidShop();
    database.all = () => {
      throw new Error("disk I/O error");
    };
    expect(await deliver()).toBe(500);
    for (const path of ["/", "/cart", "/checkout", "/orders", "/office", "/thanks/order-001"]) {
      const page = await shopper.get(path);
      expect([path, page.status, /That did not work/.test(page.text)]).toEqual([path, 503, true]);
    }
    expect((await shopper.callEndpoint()).status).toBeGreaterThanOrEqual(500);
  });
});
