import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openShop } from "./support.ts";

async function shopWithShopper() {
  const opened = await openShop();
  const count = (table: string) =>
    opened.database.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)!.count;
  return { ...opened, shopper: opened.shopper(), another: opened.shopper(), count };
}

const origin = "http://localhost:3000";

async function addToCart(app: { fetch(request: Request): Response | Promise<Response> }, address: string) {
  const body = new URLSearchParams({ product: "tote-bag" });
  const request = new Request(`${address}/cart`, { method: "POST", body, headers: { origin: address } });
  return (await app.fetch(request)).headers.get("set-cookie") ?? "";
}

describe("shoppers", () => {
  test("who only browse are not stored", async () => {
    const { shopper, count } = await shopWithShopper();
    for (const path of ["/", "/cart", "/orders", "/checkout", "/checkout/express", "/thanks/order-001"]) {
      await shopper.get(path);
    }
    await shopper.callEndpoint();
    expect(shopper.cookie).toBe("");
    expect([count("shoppers"), count("cart_lines"), count("orders")]).toEqual([0, 0, 0]);
  });

  test("get their id from the shop, which ignores an id that it did not issue", async () => {
    const { shopper, database } = await shopWithShopper();
    const planted = randomUUID();
    shopper.cookie = `shopper=${planted}`;
    await shopper.add("tote-bag");
    expect(shopper.cookie).not.toContain(planted);
    expect(database.all("SELECT id FROM shoppers")).toEqual([
      { id: shopper.cookie.slice("shopper=".length) },
    ]);
  });

  test("keep their id across changes", async () => {
    const { shopper, count } = await shopWithShopper();
    await shopper.add("tote-bag");
    const { cookie } = shopper;
    await shopper.add("enamel-mug");
    expect(shopper.cookie).toBe(cookie);
    expect([count("shoppers"), count("cart_lines")]).toEqual([1, 2]);
  });

  test("are deleted with their carts after thirty days without a change", async () => {
    const { shopper, another, count, clock } = await shopWithShopper();
    await shopper.add("tote-bag");
    clock.ahead += 29 * 24 * 60 * 60 * 1000;
    await shopper.add("enamel-mug");
    clock.ahead += 29 * 24 * 60 * 60 * 1000;
    expect((await shopper.get("/cart")).text).toContain("Tote Bag");
    clock.ahead += 24 * 60 * 60 * 1000;
    expect((await shopper.get("/cart")).text).not.toContain("Tote Bag");
    await another.add("tote-bag");
    expect([count("shoppers"), count("cart_lines")]).toEqual([1, 1]);
  });

  test("have a cookie that scripts cannot read and other sites' forms do not send", async () => {
    const { app } = await openShop();
    const cookie = await addToCart(app, origin);
    expect(cookie).toMatch(/^shopper=[0-9a-f-]{36}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("have a cookie for this host only where the shop uses https", async () => {
    const { app } = await openShop({ env: { PUBLIC_URL: "https://shop.example" } });
    const cookie = await addToCart(app, "https://shop.example");
    expect(cookie).toMatch(/^__Host-shopper=[0-9a-f-]{36}; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });
});

describe("a cart", () => {
  test.each(["1.5", "lots", "-1", "21", "1e1", "", "0x5", " 3", "３", "9007199254740993", "NaN"])(
    "refuses “%s” as a quantity with a message",
    async (quantity) => {
      const { shopper } = await shopWithShopper();
      await shopper.submit("/cart/tote-bag", { quantity: "3" });
      const answer = await shopper.submit("/cart/tote-bag", { quantity });
      expect(answer).toMatchObject({
        status: 422,
        text: expect.stringContaining("A quantity is a whole number from 0 to 20."),
      });
      expect((await shopper.get("/cart")).text).toContain('value="3"');
    },
  );

  test.each(["yacht", "__proto__", "constructor", "", "../../etc", "blue-t-shirt' OR 1=1 --"])(
    "refuses the unknown product “%s” with a message",
    async (product) => {
      const { shopper, count } = await shopWithShopper();
      expect(await shopper.add(product)).toMatchObject({
        status: 422,
        text: expect.stringContaining("There is no such product."),
      });
      expect(count("cart_lines")).toBe(0);
    },
  );

  test("holds at most twenty of a product", async () => {
    const { shopper } = await shopWithShopper();
    await shopper.submit("/cart/tote-bag", { quantity: "20" });
    expect((await shopper.add("tote-bag")).status).toBe(303);
    expect((await shopper.get("/cart")).text).toContain('value="20"');
  });

  test("is empty after the last product is removed", async () => {
    const { shopper, count } = await shopWithShopper();
    await shopper.add("tote-bag");
    await shopper.submit("/cart/tote-bag", { quantity: "3", remove: "yes" });
    expect(count("cart_lines")).toBe(0);
  });
});
