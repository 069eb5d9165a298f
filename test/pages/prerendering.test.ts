// Chromium prerenders what speculation rules name. No developer tools may be attached then, so the pages report to the
// shop's server what happens in them.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chromium } from "../support/browser.mjs";
import { bodyOf, json, serveSandbox, serveSite, type Site } from "./support.ts";

let sandbox: Awaited<ReturnType<typeof serveSandbox>>;
let site: Site;
let browser: ChildProcess;
let profile: string;

/** What the prerendered page and its endpoint reported, in order. */
let reports: string[] = [];
let check = (): void => {};
/** Sends the shopper to the page that was prerendered. */
let visit = (): void => {};

function report(text: string): void {
  reports.push(text);
  check();
}

function reported(text: string): Promise<void> {
  return new Promise((resolve) => {
    check = () => {
      if (reports.includes(text)) resolve();
    };
    check();
  });
}

/** Reports what happens; "settled" once it is loaded and all that starts by itself has started. */
const reporter = `<script>
  const report = (text) => fetch("/report", { method: "POST", keepalive: true,
    body: (document.prerendering ? "prerendered: " : "visited: ") + text });
  addEventListener("dintero-state", ({ state }) => report(state), true);
  addEventListener("dintero-error", ({ error }) => report(error.code), true);
  addEventListener("dintero-result", ({ status }) => report(status), true);
  addEventListener("load", () => setTimeout(() => report("settled"), 1500));
</script>`;

const checkoutPage = (attributes: string) =>
  `${reporter}<script src="/checkout.js"></script>
  <dintero-checkout endpoint="/api" timeout="4000" checkout-url="${sandbox.url}" ${attributes}></dintero-checkout>`;

/** A page that has another one prerendered, and navigates to it when the test calls `visit()`. */
const before = (path: string) =>
  `<script type="speculationrules">{"prerender":[{"urls":["${path}"],"eagerness":"immediate"}]}</script>
  <script>fetch("/visit").then(() => location.assign("${path}"))</script>`;

const thanks = "/thanks?transaction_id=T00000001.tx&merchant_reference=order-1";

// Servers and a profile for each test: what the browser of the test before still sends reaches nobody.
beforeEach(async () => {
  reports = [];
  sandbox = await serveSandbox();
  site = await serveSite({
    "/before-load": before("/load"),
    "/load": checkoutPage(""),
    "/before-visible": before("/visible"),
    "/visible": checkoutPage('trigger="visible"'),
    "/before-thanks": before(thanks),
    "/thanks": `${reporter}<script src="/return.js"></script><dintero-return endpoint="/status"></dintero-return>`,
    "/visit": (_, response) => void (visit = () => response.end()),
    "/report": async (request, response) => {
      report(await bodyOf(request));
      response.end();
    },
    "/api": async (_, response) => {
      report("request to the endpoint");
      json(response, await sandbox.newSession());
    },
    "/status": (_, response) => {
      report("request to the endpoint");
      json(response, '{"status":"paid"}');
    },
  });
  profile = await mkdtemp(join(tmpdir(), "prerendering-"));
});
afterEach(async () => {
  const ended = once(browser, "exit");
  browser.kill();
  await ended;
  site.close();
  sandbox.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function browse(path: string): Promise<void> {
  const { executablePath, args, env } = await chromium();
  const flags = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  browser = spawn(executablePath, [...args, ...flags, site.url + path], { stdio: "ignore", env });
}

for (const trigger of ["load", "visible"]) {
  test(`prerendering, trigger ${trigger}: no request is sent before the visit`, async () => {
    await browse(`/before-${trigger}`);
    await reported("prerendered: settled");
    expect(reports).toEqual(["prerendered: settled"]);
    expect(sandbox.requests).toEqual([]);
    visit();
    await reported("visited: ready");
    expect(reports.filter((text) => text === "request to the endpoint")).toHaveLength(1);
    expect(reports.filter((text) => text.startsWith("prerendered"))).toEqual(["prerendered: settled"]);
    expect(reports).not.toContain("visited: frame-unreachable");
  });
}

test("prerendering, <dintero-return>: no request is sent before the visit", async () => {
  await browse("/before-thanks");
  await reported("prerendered: settled");
  expect(reports).toEqual(["prerendered: settled"]);
  visit();
  await reported("visited: paid");
  expect(reports.filter((text) => text === "request to the endpoint")).toHaveLength(1);
});
