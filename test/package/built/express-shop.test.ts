// An express order from an empty folder: the packed package, its sandbox, and a shop of twenty lines.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "blank-"));
const running: ChildProcess[] = [];

const shop = `import { createServer } from "node:http";
import { createAddressHandler, createCallbackHandler, createDinteroClient, createDiscountHandler, createSessionHandler } from "dintero-checkout-element/server";
const { DINTERO_ACCOUNT_ID: accountId, DINTERO_CLIENT_ID: clientId, DINTERO_CLIENT_SECRET: clientSecret, DINTERO_SIGNATURE_SECRET: signatureSecret, DINTERO_API_URL: apiUrl, DINTERO_CHECKOUT_URL: checkoutUrl } = process.env;
const client = createDinteroClient({ accountId, clientId, clientSecret, apiUrl, checkoutUrl });
const item = { id: "shirt", line_id: "1", description: "Blue T-Shirt", quantity: 1, amount: 29990, vat_amount: 5998, vat: 25 };
const cheaper = { ...item, amount: 26991, gross_amount: 29990, discount_lines: [{ amount: 2999, percentage: 10, discount_id: "TEN" }] };
const shipping = [{ id: "post", line_id: "post", title: "Post", operator: "Posten", amount: 3900, delivery_method: "delivery" }];
const at = (path) => new URL(path, url).href;
const order = { amount: 29990, currency: "NOK", merchant_reference: "order-001", items: [item] };
const routes = {
  "/checkout": createSessionHandler({ client, createSession: () => ({ url: { return_url: at("/thanks"), callback_url: at("/paid") }, order, profile_id: "default", configuration: { discounts: { express_discount_codes: { enabled: true } } }, express: { shipping_options: [], shipping_address_callback_url: at("/address"), discount_codes: { callback_url: at("/discount") } } }) }),
  "/address": createAddressHandler({ accountId, signatureSecret, shippingOptions: () => shipping }),
  "/discount": createDiscountHandler({ accountId, signatureSecret, discounts: (_session, { amountOf }) => ({ shipping_options: shipping, order: { amount: amountOf([cheaper]), items: [cheaper] } }) }),
  "/paid": createCallbackHandler({ accountId, signatureSecret, onCallback: async ({ transactionId }) => console.log(JSON.stringify(await client.getTransaction(transactionId))) }),
};
const server = createServer(async (req, res) => {
  const chunks = await req.toArray();
  const answer = await routes[new URL(req.url, url).pathname](new Request(new URL(req.url, url), { method: req.method, headers: req.headers, ...(chunks.length && { body: Buffer.concat(chunks) }) }));
  res.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text()); });
const url = await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(\`http://127.0.0.1:\${server.address().port}\`))); console.log(url);
`;

beforeAll(() => {
  const npm = (args: string[], cwd: string) =>
    execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const packed = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  npm(
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", join(folder, filename)],
    folder,
  );
}, 120_000);

afterAll(() => {
  // npx starts the command as a child of its own: the whole group ends.
  for (const { pid } of running) if (pid) process.kill(-pid, "SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program, and returns a function that resolves with its next line. */
function start(command: string, args: string[]) {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"], detached: true });
  running.push(child);
  const lines: string[] = [];
  let wake = () => {};
  let rest = "";
  child.stdout.on("data", (data) => {
    const parts = (rest + String(data)).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  });
  return async () => {
    while (lines.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return lines.shift() ?? "";
  };
}

test("a shop of twenty lines takes an express order with a discount", async () => {
  expect(shop.trim().split("\n").length).toBeLessThanOrEqual(20);
  const printed = start("npx", ["--no-install", "dintero-checkout-element", "sandbox", "--port", "0"]);
  const pasted = [];
  for (let line = 0; line < 7; line++) pasted.push(await printed());
  writeFileSync(join(folder, ".env"), pasted.join("\n"));
  writeFileSync(join(folder, "shop.mjs"), shop);
  const line = start(process.execPath, ["--env-file=.env", "shop.mjs"]);
  const url = await line();

  const created = await fetch(`${url}/checkout`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  const session = (await created.json()) as { id: string; url: string };
  const post = async (path: string, body: object) => {
    const page = new URL(`/_sandbox/page/sessions/${session.id}${path}`, session.url);
    const answer = await fetch(page, { method: "POST", body: JSON.stringify(body) });
    expect([path, answer.status]).toEqual([path, 200]);
  };
  await post("/address", { address: { country: "NO", postal_code: "0150" } });
  await post("/shipping-option", { line_id: "post" });
  await post("/discount", { codes: ["TEN"] });
  await post("/shipping-option", { line_id: "post" });
  await post("/pay", { payment_product_type: "vipps", outcome: "authorized" });
  expect(JSON.parse(await line())).toMatchObject({
    status: "AUTHORIZED",
    amount: 26991 + 3900,
    session_id: session.id,
    shipping_option: { id: "post" },
  });
}, 60_000);
