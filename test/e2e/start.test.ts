import { createServer } from "node:net";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  frameOf,
  launch,
  payByCard,
  RunningShop,
  shopperWithCart,
  startSandbox,
  type Program,
} from "./shop.ts";

let browser: Browser;
const shops: RunningShop[] = [];
const programs: Program[] = [];
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  // A restarted shop shares the folder with the one before it: the running one is closed first.
  for (const shop of shops.splice(0).reverse()) await shop.close();
  for (const program of programs.splice(0)) await program.end();
});

async function start(env?: Record<string, string>) {
  const shop = await RunningShop.start(env);
  shops.push(shop);
  return shop;
}

test.each(["SIGTERM", "SIGKILL"] as const)(
  "the order is still paid after the shop was stopped by %s and started again",
  async (signal) => {
    let shop = await start();
    const page = await shopperWithCart(browser, shop);
    await page.goto(`${shop.url}/checkout`);
    await payByCard(frameOf(page));
    await page.locator("#order .badge", { hasText: "Paid" }).waitFor();

    shops.push((shop = await shop.restart({ signal })));
    await page.goto(`${shop.url}/orders/order-001`);
    expect(await page.locator("#order .badge").textContent()).toBe("Paid");
    // The sandbox has kept the payment too: the back office can still capture it.
    await page.goto(`${shop.url}/office/order-001`);
    await page.getByRole("button", { name: "Ship and capture" }).click();
    await page.getByText("CAPTURED", { exact: true }).waitFor();
  },
);

test("an unpaid cart shows the same session after a restart", async () => {
  let shop = await start();
  const page = await shopperWithCart(browser, shop);
  await page.goto(`${shop.url}/checkout`);
  await frameOf(page).locator("#pay").waitFor();
  shops.push((shop = await shop.restart()));
  await page.reload();
  await payByCard(frameOf(page));
  await page.locator("#order .badge", { hasText: "Paid" }).waitFor();
  expect(await shop.payments()).toHaveLength(1);
});

test("an order that was paid while the shop was down is paid after the start, without any callback", async () => {
  const sandbox = await sandboxCommand();
  let shop = await start(sandbox.env);
  const page = await shopperWithCart(browser, shop);
  await page.goto(`${shop.url}/checkout`);
  await frameOf(page).locator("#pay").waitFor();
  const control = (path: string, body: unknown) =>
    fetch(`${sandbox.env["DINTERO_API_URL"]}/_sandbox${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
  await control("/faults", { callback: { never: true } });
  const list = await fetch(`${sandbox.env["DINTERO_API_URL"]}/_sandbox/sessions`);
  const { sessions } = (await list.json()) as { sessions: { session: { id: string } }[] };
  await shop.kill();
  await control(`/sessions/${sessions[0]?.session.id}/pay`, {});
  shops.push((shop = await RunningShop.start({ ...sandbox.env, PORT: new URL(shop.url).port }, shop.folder)));
  await shop.untilLogged("order-001 is paid now.");
});

test("with the environment that the sandbox command prints, the shop pays in that sandbox", async () => {
  const sandbox = await sandboxCommand();
  const shop = await start(sandbox.env);
  expect(shop.console()).not.toContain("Callbacks are off");
  expect(shop.console()).not.toContain("The back office is off");
  const page = await shopperWithCart(browser, shop);
  await page.goto(`${shop.url}/checkout`);
  await payByCard(frameOf(page));
  await page.locator("dintero-return:state(paid)").waitFor();
  await shop.untilLogged("Callback for order-001: paid.");
});

test("wrong credentials: the shopper sees an error with a button, and the console shows which variables to check", async () => {
  const sandbox = await sandboxCommand();
  const shop = await start({ ...sandbox.env, DINTERO_CLIENT_SECRET: "wrong-s3cr3t" });
  const page = await shopperWithCart(browser, shop);
  await page.goto(`${shop.url}/checkout`);
  await page.locator("dintero-checkout:state(error)").waitFor();
  await page.locator("dintero-checkout").getByRole("button").first().waitFor();
  await shop.untilLogged(
    /No session: .*Check DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET/,
  );
  const basic = Buffer.from(`${sandbox.env["DINTERO_CLIENT_ID"]}:wrong-s3cr3t`).toString("base64");
  for (const secret of ["wrong-s3cr3t", basic]) {
    expect(shop.console() + (await page.content())).not.toContain(secret);
  }
});

test.each([
  [{ DINTERO_ACCOUNT_ID: "T12345678" }, /DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET not set/],
  [{ DINTERO_ACCOUNT_ID: "12345678", DINTERO_CLIENT_ID: "a", DINTERO_CLIENT_SECRET: "b" }, /accountId/],
  [{ PUBLIC_URL: "shop" }, /PUBLIC_URL is “shop”/],
])("an invalid environment (%o) fails the start with one line", async (env, message) => {
  const failed = await RunningShop.start(env).then(
    () => "started",
    (error: Error) => error.message,
  );
  expect(failed).toMatch(message);
  expect(failed).not.toContain("    at ");
});

test("a port in use is skipped", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as { port: number };
  const shop = await start({ PORT: String(port) });
  expect(Number(new URL(shop.url).port)).toBeGreaterThan(port);
  taken.close();
});

test("a second shop in the same folder cannot use the first one's sandbox, and fails with one line", async () => {
  const shop = await start();
  const failed = RunningShop.start({}, shop.folder).catch((error: Error) => error.message);
  expect(await failed).toMatch(/sandbox\.json: another sandbox uses it\..*DATA_FOLDER/);
  expect(await failed).not.toContain("    at ");
});

test("a database that cannot be opened fails the start with one line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shop-e2e-"));
  writeFileSync(join(folder, "shop.db"), "not a database ".repeat(100));
  const failed = RunningShop.start({}, folder).catch((error: Error) => error.message);
  expect(await failed).toMatch(
    /The database \S+shop\.db cannot be opened: file is not a database\. Repair it/,
  );
  expect(await failed).not.toContain("    at ");
});

async function sandboxCommand() {
  const sandbox = await startSandbox();
  programs.push(sandbox.program);
  return sandbox;
}
