// Markup and scripts of others on the page: elements whose names hide the document's own members, and prototypes with
// unexpected members. A page whose tab freezes can only be judged from outside.
import { chromium as engine, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium } from "../support/browser.mjs";
import { json, serveSandbox, serveSite, type Site } from "./support.ts";

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
let site: Site;

/**
 * Members of `document` that an `<img name=…>` hides. `createTreeWalker` is left out: Lit calls it while its file is
 * evaluated, so that nothing is defined and the fallback content stays.
 */
const hidden = [
  "createElement",
  "createComment",
  "createTextNode",
  "createDocumentFragment",
  "importNode",
  "adoptNode",
  "adoptedStyleSheets",
  "baseURI",
  "defaultView",
  "documentElement",
  "head",
  "body",
  "readyState",
  "prerendering",
  "visibilityState",
  "addEventListener",
  "dispatchEvent",
  "querySelector",
  "getElementById",
  "nodeType",
  "ownerDocument",
];

/** Records the errors and the states that are dispatched. */
const counting = `<script>
  window.errors = [];
  window.states = [];
  addEventListener("dintero-error", ({ error }) => errors.push(error.code + ": " + error.message), true);
  addEventListener("dintero-state", ({ state }) => states.push(state), true);
</script>`;

beforeAll(async () => {
  browser = await engine.launch(await chromium());
  sandbox = await serveSandbox();
  const checkout = (attributes = "") =>
    `<script src="/checkout.js"></script><dintero-checkout endpoint="/api" checkout-url="${sandbox.url}"
      timeout="4000" ${attributes}></dintero-checkout>`;
  const routes: Parameters<typeof serveSite>[0] = {
    "/api": async (_, response) => json(response, await sandbox.newSession()),
    "/empty": (_, response) => json(response, "{}"),
    "/status": (_, response) => json(response, '{"status":"failed"}'),
  };
  for (const name of hidden) {
    const image = `<img name="${name}" alt="">`;
    Object.assign(routes, {
      [`/checkout/${name}`]: `${counting}${image}${checkout()}`,
      [`/later/${name}`]: `${counting}${checkout('trigger="click"')}${image}`,
      [`/return/${name}`]: `${counting}${image}<script src="/return.js"></script>
        <dintero-return endpoint="/status" retry-href="/cart"></dintero-return>`,
    });
  }
  site = await serveSite(routes);
});
afterAll(async () => {
  await browser.close();
  site.close();
  sandbox.close();
});

async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(site.url + path, { waitUntil: "commit" });
  return page;
}

/** The element shows the payment, or ends in one error; either way the page is alive. */
async function endsWell(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const element = document.getElementsByTagName("dintero-checkout")[0] as { state?: string } | undefined;
    return element?.state === "ready" || element?.state === "error";
  });
  const { state, errors } = await page.evaluate(() => ({
    state: (document.getElementsByTagName("dintero-checkout")[0] as { state?: string }).state,
    errors: (window as unknown as { errors: string[] }).errors,
  }));
  expect(errors.length).toBe(state === "ready" ? 0 : 1);
  await page.close();
}

for (const name of hidden) {
  test(`hostile markup, <img name=${name}>: the checkout shows the payment or ends in one error`, async () => {
    await endsWell(await open(`/checkout/${name}`));
  });

  test(`hostile markup, <img name=${name}>: <dintero-return> shows the result`, async () => {
    const page = await open(`/return/${name}?transaction_id=T00000001.tx&merchant_reference=order-1`);
    await page.waitForFunction(
      () => (document.getElementsByTagName("dintero-return")[0] as { result?: unknown } | undefined)?.result,
    );
    await page.close();
  });
}

for (const name of ["createElement", "importNode", "createComment"]) {
  test(`hostile markup, <img name=${name}> that is added after the first render: a click works too`, async () => {
    const page = await open(`/later/${name}`);
    await page.locator("dintero-checkout").getByRole("button").click();
    await endsWell(page);
  });
}
