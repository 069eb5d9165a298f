// A page opened as https://user:password@host, as links to protected staging shops are. `fetch` refuses an address with
// a password in it, so relative addresses must be resolved without it.
import { chromium as engine, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium } from "../support/browser.mjs";
import { json, serveSandbox, serveSite, type Site } from "./support.ts";

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
let site: Site;

const claim = "transaction_id=T00000001.tx&merchant_reference=order-1";

beforeAll(async () => {
  browser = await engine.launch(await chromium());
  sandbox = await serveSandbox();
  const tag = (attributes: string) =>
    `<script src="/checkout.js"></script><dintero-checkout checkout-url="${sandbox.url}" ${attributes}></dintero-checkout>`;
  site = await serveSite({
    "/": tag('endpoint="/api"'),
    "/redirect": tag('endpoint="/api" mode="redirect"'),
    "/refused": tag('endpoint="/refused-api"'),
    "/thanks": `<script src="/return.js"></script>
      <dintero-return endpoint="/status" retry-href="/cart"></dintero-return>`,
    "/declined": `<script src="/return.js"></script>
      <dintero-return endpoint="/declined-status" retry-href="/cart"></dintero-return>`,
    "/cart": "Cart",
    "/api": async (_, response) => json(response, await sandbox.newSession()),
    "/refused-api": (_, response) => json(response, "{}", 500),
    "/status": (_, response) => json(response, '{"status":"paid"}'),
    "/declined-status": (_, response) => json(response, '{"status":"failed"}'),
  });
});
afterAll(async () => {
  await browser.close();
  site.close();
  sandbox.close();
});

/** Opens the page with a user name and a password in its address. */
async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(site.url.replace("//", "//staff:pa55word@") + path);
  return page;
}

/** Checks that the password is neither in the requests to the checkout nor on the page. */
async function keepsPassword(page: Page): Promise<void> {
  const sent = sandbox.requests.map(({ url, headers }) => url + JSON.stringify([...headers]));
  expect(sent.join("\n")).not.toContain("pa55word");
  const shown = await page.evaluate(() => {
    const element = document.querySelector("dintero-checkout, dintero-return") as HTMLElement & {
      error?: Error;
    };
    return [element.shadowRoot!.innerHTML, element.outerHTML, String(element.error?.message)].join("\n");
  });
  expect(shown).not.toContain("pa55word");
}

test("address with a password: a request is sent to a relative endpoint, and the payment is shown", async () => {
  const page = await open("/");
  await page.waitForSelector("dintero-checkout:state(ready)");
  await keepsPassword(page);
  await page.close();
});

test("address with a password: a redirect goes to the checkout", async () => {
  const page = await open("/redirect");
  await page.locator("dintero-checkout").getByRole("button").click();
  await page.waitForURL((url) => url.origin === sandbox.url);
  expect(page.url()).not.toContain("pa55word");
  await page.close();
});

test("address with a password: an error names the endpoint without it", async () => {
  const page = await open("/refused");
  const console: string[] = [];
  page.on("console", (message) => console.push(message.text()));
  await page.waitForSelector("dintero-checkout:state(error)");
  const code = await page.evaluate(() => document.querySelector("dintero-checkout")!.error!.code);
  expect(code).toBe("endpoint-failed");
  await keepsPassword(page);
  expect(console.join("\n")).not.toContain("pa55word");
  await page.close();
});

test("address with a password: <dintero-return> requests the status and shows the result", async () => {
  const page = await open(`/thanks?${claim}`);
  await page.waitForSelector("dintero-return:state(paid)");
  await keepsPassword(page);
  await page.close();
});

test("address with a password: the link back to the cart has none in its address", async () => {
  const page = await open(`/declined?${claim}`);
  await page.waitForSelector("dintero-return:state(failed)");
  await keepsPassword(page);
  await page.locator("dintero-return").getByRole("link").click();
  await page.waitForURL("**/cart");
  await page.close();
});
