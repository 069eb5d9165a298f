// Pages rendered by React, on a server first or in the browser alone, in Chromium.
import { build } from "esbuild";
import { chromium as playwright, type Browser, type Page } from "playwright";
import { createElement, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { DinteroCheckout, type DinteroCheckoutProps } from "../../src/react/index.ts";
import { chromium } from "../support/browser.mjs";

const shop = "http://localhost:4999";
const client = `
  import { createElement, StrictMode } from "react";
  import { createRoot, hydrateRoot } from "react-dom/client";
  import { flushSync } from "react-dom";
  import { DinteroCheckout } from "./src/react/index.ts";
  const box = document.getElementById("root");
  const handlers = Object.fromEntries(
    ["onError", "onCancel", "onState"].map((name) => [name, (event) => {
      (window.events ??= []).push(name + " " + event.type);
      if (event.type === "dintero-error") event.preventDefault();
    }]),
  );
  const page = (props) => createElement(StrictMode, null,
    createElement(DinteroCheckout, { ref: (element) => { window.element = element; }, ...handlers, ...props }));
  const first = page(window.props);
  const root = box.firstChild ? hydrateRoot(box, first) : createRoot(box);
  if (!box.firstChild) root.render(first);
  window.render = (props) => flushSync(() => root.render(page(props)));
`;

let browser: Browser;
let script = "";

beforeAll(async () => {
  browser = await playwright.launch(await chromium());
  const { outputFiles } = await build({
    stdin: { contents: client, resolveDir: new URL("../..", import.meta.url).pathname, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "silent",
  });
  script = outputFiles[0]!.text;
}, 180_000);

afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  /** Bodies of the requests for a session. */
  readonly bodies: (string | null)[];
  readonly output: string[];
}

/** Opens a page whose endpoint refuses, so that the element ends in `error`. */
async function open(props: DinteroCheckoutProps, { rendered }: { rendered: boolean }): Promise<Opened> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const bodies: (string | null)[] = [];
  const output: string[] = [];
  page.on("console", (message) => output.push(message.text()));
  page.on("pageerror", (error) => output.push(String(error)));
  const markup = rendered
    ? renderToString(createElement(StrictMode, null, createElement(DinteroCheckout, props)))
    : "";
  await page.route(`${shop}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/client.js") return route.fulfill({ contentType: "text/javascript", body: script });
    if (pathname === "/api/checkout") {
      bodies.push(route.request().postData());
      return route.fulfill({ status: 409, json: { error: { code: "sold-out", message: "Sold out." } } });
    }
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><div id="root">${markup}</div>
        <script>window.props = ${JSON.stringify(props)}</script><script type="module" src="/client.js"></script>`,
    });
  });
  await page.goto(shop);
  await page.waitForFunction("element?.state === 'error'");
  return { page, bodies, output };
}

const props = { endpoint: "/api/checkout", payload: { product: "mug" }, className: "wide", timeout: 5000 };

for (const rendered of [true, false]) {
  const kind = rendered ? "rendered on a server" : "rendered in the browser";

  test(`${kind}: one request with the payload, handlers are called, and the console is silent`, async () => {
    const { page, bodies, output } = await open(props, { rendered });
    expect(bodies).toEqual(['{"product":"mug"}']);
    expect(await page.evaluate("events")).toEqual([
      "onState dintero-state",
      "onState dintero-state",
      "onError dintero-error",
    ]);
    expect(await page.evaluate("element.outerHTML")).not.toContain("defer-hydration");
    expect(await page.evaluate("[element.className, element.timeout]")).toEqual(["wide", 5000]);
    const ours = output.filter((line) => !/React DevTools|Lit is in dev mode|409 \(Conflict\)/.test(line));
    expect(ours).toEqual([]);
  });
}

test("properties that are no longer given count as absent, and functions reach the element", async () => {
  const { page } = await open(props, { rendered: true });
  await page.evaluate(
    "render({ endpoint: '/api/checkout', mode: 'pop-out', fetchSession: () => new Promise(() => {}) })",
  );
  expect(
    await page.evaluate("[element.payload, element.timeout, element.mode, typeof element.fetchSession]"),
  ).toEqual([null, null, "pop-out", "function"]);
});

test("the browser's own error and cancel events do not reach onError and onCancel", async () => {
  const { page } = await open(props, { rendered: true });
  await page.evaluate(`events.length = 0; for (const type of ["error", "cancel"])
    element.dispatchEvent(new Event(type, { bubbles: true }))`);
  expect(await page.evaluate("events")).toEqual([]);
});
