// The demo shop, from the cart to the back office.

/** @typedef {import("../screenshots.mjs").Picture} Picture */
/** @typedef {import("../screenshots.mjs").Stage} Stage */
/** @typedef {import("playwright-core").Page} Page */

const frame = (/** @type {Page} */ page) => page.frameLocator('dintero-checkout iframe[src*="sid="]');

/** Puts products into the cart of a new shopper. */
async function fill(
  /** @type {Page} */ page,
  /** @type {Stage} */ { shop },
  names = ["Blue T-Shirt", "Enamel Mug"],
) {
  for (const name of names) {
    await page.goto(shop);
    await page.getByRole("button", { name: `Add ${name} to cart` }).click();
    await page.waitForURL("**/cart");
  }
}

async function pay(/** @type {Page} */ page, /** @type {Stage} */ stage, outcome = "authorized") {
  await fill(page, stage);
  await page.goto(`${stage.shop}/checkout`);
  await frame(page).locator("#test-values").click();
  await frame(page).locator(`[name=outcome][value=${outcome}]`).check();
  await frame(page).locator("#pay").click();
  await page.waitForURL("**/thanks/**");
}

async function office(/** @type {Page} */ page, /** @type {Stage} */ stage) {
  await pay(page, stage);
  await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await page.goto(`${stage.shop}/office/${id}`);
}

const shown = (/** @type {Page} */ page, /** @type {string} */ state) =>
  page.locator(`dintero-return:state(${state})`).waitFor();

/** @type {readonly Picture[]} */
export const shop = [
  { name: "shop", show: (page, stage) => page.goto(stage.shop), widths: [320, 360, 1280] },
  { name: "shop-cart-empty", show: (page, stage) => page.goto(`${stage.shop}/cart`) },
  { name: "shop-cart", show: fill, widths: [320, 360, 1280] },
  {
    name: "shop-checkout",
    widths: [320, 360, 1280],
    async show(page, stage) {
      await fill(page, stage);
      await page.goto(`${stage.shop}/checkout`);
      await frame(page).locator("#pay").waitFor();
    },
  },
  {
    name: "shop-checkout-redirect",
    async show(page, stage) {
      await fill(page, stage);
      await page.goto(`${stage.shop}/checkout?mode=redirect`);
      await page.locator("dintero-checkout").getByRole("button").first().waitFor();
    },
  },
  {
    name: "shop-express",
    async show(page, stage) {
      await fill(page, stage);
      await page.goto(`${stage.shop}/checkout/express`);
      await frame(page).locator("form.address").waitFor();
      await frame(page).locator("form.address").getByRole("button", { name: "test values" }).click();
      await frame(page).locator("#give-address").click();
      await frame(page).getByLabel("Discount code").fill("SUMMER10");
      await frame(page).getByLabel("Discount code").press("Enter");
      await frame(page).locator("#pay", { hasText: "503.01" }).waitFor();
    },
  },
  {
    name: "thanks-paid",
    async show(page, stage) {
      await pay(page, stage);
      await shown(page, "paid");
      await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
    },
    widths: [320, 360, 1280],
  },
  {
    name: "thanks-on-hold",
    async show(page, stage) {
      await pay(page, stage, "on_hold");
      await shown(page, "on-hold");
    },
  },
  {
    name: "thanks-failed",
    async show(page, stage) {
      await pay(page, stage, "declined");
      await shown(page, "failed");
    },
  },
  {
    name: "thanks-cancelled",
    async show(page, stage) {
      await fill(page, stage);
      await page.goto(`${stage.shop}/checkout`);
      await frame(page).locator("#cancel").click();
      await page.waitForURL("**/thanks/**");
      await shown(page, "cancelled");
    },
  },
  {
    name: "thanks-pending",
    async show(page, stage) {
      await page.route("**/api/checkout/status*", () => {});
      await stage.control("/faults", { on: "get-transaction", status: 404 });
      await pay(page, stage);
      await page.locator("dintero-return").waitFor();
    },
  },
  {
    name: "shop-orders",
    async show(page, stage) {
      await pay(page, stage);
      await fill(page, stage, ["Fjord Cookbook"]);
      await page.goto(`${stage.shop}/checkout`);
      await frame(page).locator("#pay").waitFor();
      await page.goto(`${stage.shop}/orders`);
    },
  },
  {
    name: "office",
    async show(page, stage) {
      await office(page, stage);
      await page.goto(`${stage.shop}/office`);
    },
    widths: [320, 360, 1280],
  },
  { name: "office-order", show: office, widths: [320, 360, 1280] },
  {
    name: "office-order-partly",
    async show(page, stage) {
      await office(page, stage);
      await page.getByRole("checkbox", { name: "Enamel Mug" }).uncheck();
      await page.getByRole("button", { name: "Ship and capture" }).click();
      await page.getByRole("status").waitFor();
    },
  },
  {
    name: "office-order-refused",
    async show(page, stage) {
      await office(page, stage);
      await page.getByRole("button", { name: "Ship and capture" }).click();
      await page.getByRole("button", { name: "Void the payment" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
];
