import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Page } from "playwright";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { scenarios } from "../../../src/sandbox/scenarios/scenarios.ts";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall, messagesOfType, nextMessage, sdk } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

let on: Stage;
let files: string;
let server: Server;
let endpoint: string;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), "sandbox-static-"));
  await build({ mode: "static", logLevel: "error", build: { outDir: files, emptyOutDir: true } });
  // A plain static server, with the files in a subfolder.
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    let file = join(files, pathname.replace(/^\/docs\/sandbox/, ""));
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      response
        .writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" })
        .end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/docs/sandbox`;
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(async () => {
  await on.close();
  server.close();
  rmSync(files, { recursive: true });
});

const embedScenario = (scenario: string, options = {}): Promise<Page> =>
  on.embed(`T00000000.${scenario}`, { endpoint, ...options });

async function pay(page: Page): Promise<void> {
  const frame = await checkoutFrame(page);
  await fillIn(frame);
  await frame.click("#pay");
}

describe("the hosted page as static files", () => {
  test("lists every scenario, and each link opens its checkout", async () => {
    const page = await on.visit();
    await page.goto(`${endpoint}/`);
    const links = page.getByRole("link", { name: /^T00000000\./ });
    await links.first().waitFor();
    expect(await links.allInnerTexts()).toEqual(Object.keys(scenarios).map((name) => `T00000000.${name}`));
    await links.first().click();
    await page.waitForSelector("#pay");
  });

  test.each([
    ["paid", "onPayment", "SessionPaymentAuthorized"],
    ["on-hold", "onPayment", "SessionPaymentOnHold"],
    ["declined", "onPaymentError", "SessionPaymentError"],
    ["cancelled", "onSessionCancel", "SessionCancel"],
  ])("%s has its outcome, by a click and by itself", async (scenario, handler, type) => {
    const clicked = await embedScenario(scenario);
    await pay(clicked);
    expect((await handlerCall(clicked, handler)).type).toBe(type);
    await clicked.frameLocator("iframe").locator(".panel h1").waitFor();
    const byItself = await embedScenario(`${scenario}.now`);
    expect((await handlerCall(byItself, handler)).type).toBe(type);
  });

  test("expired is not found", async () => {
    await handlerCall(await embedScenario("expired"), "onSessionNotFound");
  });

  test("slow loads late, but loads", async () => {
    const page = await embedScenario("slow");
    const [loaded] = await messagesOfType(page, "SessionLoaded", 1);
    expect(loaded?.["after"]).toBeGreaterThan(2900);
    await handlerCall(page, "onSession");
  });

  test("silent posts no messages", async () => {
    const page = await embedScenario("silent");
    await checkoutFrame(page);
    expect(await page.evaluate(() => window.messages)).toEqual([]);
  });

  test("validate requests validation from the merchant's page", async () => {
    const page = await embedScenario("validate", { validate: true });
    await pay(page);
    await handlerCall(page, "onValidateSession");
    await page.evaluate(() => window.answer({ success: true }));
    await handlerCall(page, "onPayment");
  });

  test("express accepts an address, a delivery option and a code, and shows where it does not ship", async () => {
    const page = await embedScenario("express");
    const frame = await checkoutFrame(page);
    await frame.click("#address-test-values");
    await frame.selectOption("[name=country]", "US");
    await frame.click("#give-address");
    await frame.getByRole("alert").filter({ hasText: "does not ship" }).waitFor();
    await frame.selectOption("[name=country]", "NO");
    await frame.click("#give-address");
    await frame.check("[name=shipping][value=home]");
    await frame.fill("[name=code]", "summer");
    await frame.getByRole("button", { name: "Apply" }).click();
    await frame.getByRole("button", { name: "Pay NOK 318.91" }).waitFor();
    await pay(page);
    await handlerCall(page, "onPayment");
  });

  test("pop-out opens its window, which pays", async () => {
    const page = await embedScenario("pop-out", { popOut: true });
    await checkoutFrame(page, "#launcher-slot");
    const button = "#dintero-checkout-sdk-launch-pop-out";
    await page.waitForSelector(button);
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.click(button)]);
    await nextMessage(page, "AppLoaded");
    await popup.click("#test-values");
    await popup.click("#pay");
    expect((await handlerCall(page, "onPayment")).context).toBe("popOut");
  });

  test("locked can be paid after a refresh", async () => {
    const page = await embedScenario("locked");
    const frame = await checkoutFrame(page);
    expect(await frame.isDisabled("#pay")).toBe(true);
    await sdk(page, "refreshSession");
    await pay(page);
    await handlerCall(page, "onPayment");
  });

  test("the return url leads to a page that shows what the shop would receive", async () => {
    const page = await on.visit();
    await page.goto(`${endpoint}/?sid=T00000000.paid`);
    await page.click("#test-values");
    await Promise.all([page.waitForURL(/\/docs\/sandbox\/return\//), page.click("#pay")]);
    await page.getByText("order-001").waitFor();
  });
});
