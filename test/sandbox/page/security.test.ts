// What a page of another origin can reach of a running sandbox, in a real browser.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium as engine, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveSandbox, type Listening } from "../../../src/cli/serve-sandbox.ts";
import { createOrder, createSandbox, type Sandbox } from "../../../src/sandbox/index.ts";
import { chromium } from "../../support/browser.mjs";

/** Its icon is empty, so that the browser does not request one by itself. */
const anotherPage = '<!doctype html><title>Another page</title><link rel="icon" href="data:,">';

let sandbox: Sandbox;
let listening: Listening;
let browser: Browser;
let page: Page;
/** Another origin on this machine, and the requests it received. */
const local = { url: "", called: [] as string[] };
const server = createServer((request, response) => {
  if (request.url !== "/page") local.called.push(request.url ?? "");
  response.setHeader("Content-Type", "text/html").end(anotherPage);
});

beforeAll(async () => {
  sandbox = createSandbox({ hosts: ["phone.example"] });
  listening = await serveSandbox(sandbox);
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  local.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const options = await chromium();
  // The attacker's host name resolves to this machine, as in DNS rebinding.
  const args = [
    ...(options.args ?? []),
    "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP phone.example 127.0.0.1",
  ];
  browser = await engine.launch({ ...options, args });
  page = await browser.newPage();
  await page.goto(`${local.url}/page`);
});
afterAll(async () => {
  await browser.close();
  await listening.close();
  server.close();
});

/** What a script on the current page receives. */
function attempt(path: string, init: RequestInit = {}): Promise<string> {
  return page.evaluate(
    async ([url, given]) => {
      try {
        return await (await fetch(url, given)).text();
      } catch (error) {
        return `failed: ${(error as Error).name}`;
      }
    },
    [listening.url + path, init] as const,
  );
}

test("a page of another origin can read and change nothing", async () => {
  const { id } = await createOrder(sandbox);
  expect(await attempt("/_sandbox/sessions")).toBe("failed: TypeError");
  expect(await attempt(`/_sandbox/page/sessions/${id}`)).toBe("failed: TypeError");
  // Simple requests need no preflight: they arrive, and are refused.
  await attempt(`/_sandbox/sessions/${id}/pay`, { method: "POST", mode: "no-cors", body: "{}" });
  await attempt(`/_sandbox/page/sessions/${id}/cancel`, { method: "POST", mode: "no-cors", body: "{}" });
  await attempt("/_sandbox/sessions", { method: "POST", mode: "no-cors", body: "{}" });
  expect(sandbox.sessions.size).toBe(1);
  expect(sandbox.sessions.find(id)?.transaction).toBeUndefined();
  expect(sandbox.sessions.find(id)?.outcome).toBeNull();
});

test("it cannot make the sandbox call a local service", async () => {
  const url = { return_url: "https://shop.example/", callback_url: `${local.url}/secret` };
  const before = sandbox.sessions.size;
  await attempt("/_sandbox/sessions", { method: "POST", mode: "no-cors", body: JSON.stringify({ url }) });
  const { id } = JSON.parse(
    await attempt("/_sandbox/checkout", { method: "POST", body: JSON.stringify({ url }) }),
  ) as { id: string };
  expect(sandbox.sessions.size).toBe(before + 1);
  expect(sandbox.sessions.get(id)?.url.callback_url).toBeUndefined();
  expect(local.called).toEqual([]);
});

test("a foreign host name that resolves to this machine gets no answer, for pages and for scripts", async () => {
  const { id } = await createOrder(sandbox);
  const { port } = new URL(listening.url);
  const evil = await browser.newPage();
  const answer = await evil.goto(`http://evil.example:${port}/`);
  expect(answer?.status()).toBe(403);
  const read = await evil.evaluate(async () => (await fetch("/_sandbox/sessions")).text());
  expect(read).toContain("host_not_allowed");
  expect(read).not.toContain(id);
  await evil.close();
});

test("a callback to another machine is held back, and the console shows how to allow it", async () => {
  const url = { return_url: "https://shop.example/", callback_url: "https://shop.example/callback" };
  const { id } = await createOrder(sandbox, { url });
  const console = await browser.newPage();
  await console.goto(`${listening.url}/#${id}`);
  await console.getByRole("button", { name: "Pay", exact: true }).click();
  const callbacks = console.getByRole("region", { name: "Callbacks" });
  await callbacks.getByText("held back").waitFor();
  await callbacks.getByText("allow it with --deliver-to shop.example").waitFor();
  await console.close();
});

test("the hosted page works over plain http by another name, where the browser offers less", async () => {
  const { id } = await createOrder(sandbox);
  const phone = await browser.newPage();
  const errors: unknown[] = [];
  phone.on("pageerror", (error) => errors.push(error));
  await phone.goto(`${listening.url.replace("127.0.0.1", "phone.example")}/v1/view/${id}`);
  expect(await phone.evaluate(() => window.isSecureContext)).toBe(false);
  await phone.getByRole("button", { name: /pay/i }).first().waitFor();
  expect(errors).toEqual([]);
  await phone.close();
});
