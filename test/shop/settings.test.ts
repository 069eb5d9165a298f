import { expect, test } from "vitest";
import { readFeatures, readSettings } from "../../demo/settings.ts";
import { openShop } from "./support.ts";

const credentials = {
  DINTERO_ACCOUNT_ID: "T00000001",
  DINTERO_CLIENT_ID: "some-client",
  DINTERO_CLIENT_SECRET: "s3cr3t-value",
};

const off = (env: Record<string, string>) => readFeatures(readSettings(env, "folder")).off.join("\n");

test("without credentials the shop uses its sandbox, and every feature is on", () => {
  expect(readSettings({}, "folder")).toMatchObject({ dintero: undefined, port: 3000, sandboxPort: 4242 });
  expect(readFeatures(readSettings({}, "folder"))).toEqual({
    callbacks: true,
    express: true,
    office: "open",
    off: [],
  });
});

test("with credentials it uses Dintero, and lists which features are off and why", () => {
  expect(readSettings(credentials, "folder").dintero).toEqual({
    accountId: "T00000001",
    clientId: "some-client",
    clientSecret: "s3cr3t-value",
  });
  expect(off(credentials)).toMatch(/Callbacks are off: .*PUBLIC_URL/);
  expect(off(credentials)).toMatch(/Express checkout is off: .*PUBLIC_URL/);
  expect(off(credentials)).toMatch(/back office is off: .*OFFICE_PASSWORD/);
});

test("a public address alone leaves callbacks off, because forged ones could not be detected", () => {
  const env = { ...credentials, PUBLIC_URL: "https://shop.example", OFFICE_PASSWORD: "x" };
  expect(off(env)).toMatch(/^Callbacks are off: set DINTERO_SIGNATURE_SECRET/);
  expect(off({ ...env, DINTERO_SIGNATURE_SECRET: "y" })).toBe("");
});

test("express checkout is off without a signature secret: anybody could read an order's lines", async () => {
  const env = { ...credentials, PUBLIC_URL: "https://shop.example" };
  expect(off(env)).toMatch(/Express checkout is off: set DINTERO_SIGNATURE_SECRET/);
  const { app, shopper } = await openShop({ env }).then((shop) => ({ ...shop, shopper: shop.shopper() }));
  await shopper.add("blue-t-shirt");
  expect((await shopper.get("/cart")).text).not.toContain("Express checkout");
  for (const path of ["/dintero/address", "/dintero/discounts", "/api/checkout/express"]) {
    const request = new Request(`http://localhost:3000${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ order: { merchant_reference: "order-001" } }),
    });
    expect([path, (await app.fetch(request)).status]).toEqual([path, 404]);
  }
});

test("a sandbox that was started separately reaches the shop without a public address", () => {
  const env = { ...credentials, DINTERO_CHECKOUT_URL: "http://127.0.0.1:4242" };
  expect(off(env)).toMatch(/^Callbacks are off: set DINTERO_SIGNATURE_SECRET/);
  expect(readFeatures(readSettings({ ...env, DINTERO_SIGNATURE_SECRET: "y" }, "")).callbacks).toBe(true);
});

test("incomplete and invalid settings are refused with their names", () => {
  expect(() => readSettings({ ...credentials, DINTERO_CLIENT_SECRET: "" }, "")).toThrow(
    "DINTERO_CLIENT_SECRET not set.",
  );
  expect(() => readSettings({ PUBLIC_URL: "shop.example" }, "")).toThrow("PUBLIC_URL");
  expect(() => readSettings({ PUBLIC_URL: "https://shop.example/shop" }, "")).toThrow(
    "https://shop.example.",
  );
  expect(() => readSettings({ PORT: "eighty" }, "")).toThrow("PORT");
});

test("sessions carry a callback address only where callbacks are on", async () => {
  const { sandbox, ...opened } = await openShop();
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  const { url } = await shopper.session();
  expect(url.return_url).toBe("http://localhost:3000/thanks/order-001");
  expect(url.callback_url).toMatch(/^http:\/\/localhost:3000\/dintero\/callback\?report_error=true/);
  const { accountId, clientId, clientSecret } = sandbox;
  const env = {
    DINTERO_ACCOUNT_ID: accountId,
    DINTERO_CLIENT_ID: clientId,
    DINTERO_CLIENT_SECRET: clientSecret,
  };
  const real = {
    ...env,
    DINTERO_API_URL: "https://api.example",
    DINTERO_CHECKOUT_URL: "https://checkout.example",
  };
  const { shopper: other } = await openShop({ sandbox, env: real }).then((shop) => ({
    shopper: shop.shopper(),
  }));
  await other.add("blue-t-shirt");
  expect((await other.session()).url.callback_url).toBeUndefined();
  expect((await other.get("/dintero/callback")).status).toBe(404);
});

test("with wrong credentials the shopper gets an error and the console the variables to check, both without the secret", async () => {
  const { shopper, log } = await openShop({ env: credentials }).then((shop) => ({
    ...shop,
    shopper: shop.shopper(),
  }));
  await shopper.add("blue-t-shirt");
  const { status, body } = await shopper.callEndpoint();
  expect(status).toBe(502);
  expect(body.error.code).toBe("unauthorized");
  expect(log.join("\n")).toMatch(/Check DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET/);
  for (const secret of ["s3cr3t-value", btoa("some-client:s3cr3t-value")]) {
    expect(log.join("\n") + JSON.stringify(body)).not.toContain(secret);
  }
});

test("the shop answers only to its own host names", async () => {
  const { app } = await openShop();
  expect((await app.request("http://localhost:3000/")).status).toBe(200);
  expect((await app.request("http://evil.example/")).status).toBe(421);
});

test("an order is shown to its own shopper only, and the return page shows others nothing of it", async () => {
  const opened = await openShop();
  const [one, two] = [opened.shopper(), opened.shopper()];
  await one.add("blue-t-shirt");
  await one.session();
  expect((await one.get("/orders/order-001")).text).toContain("Blue T-Shirt");
  expect((await two.get("/orders/order-001")).status).toBe(404);
  expect((await two.get("/thanks/order-001")).text).not.toContain("Blue T-Shirt");
  expect((await two.get("/orders")).text).not.toContain("order-001");
});
