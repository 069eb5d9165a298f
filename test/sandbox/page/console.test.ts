import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { stage, type Stage } from "./support/stage.ts";

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
afterEach(() => on.tidy());
afterAll(() => on.close());

async function openConsole(hash = ""): Promise<Page> {
  const page = await on.visit();
  await page.goto(`${on.checkout}/${hash && `#${hash}`}`);
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  return page;
}

const callback_url = "https://shop.example/callback?report_event=CAPTURE";

test("a session appears as soon as it is created, and shows its history", async () => {
  const page = await openConsole();
  await page.getByText("Waiting for the first session").waitFor();
  const session = await on.order();
  const link = page.getByRole("navigation", { name: "Sessions" }).getByRole("link", { name: /order-001/ });
  await link.click();
  await page.getByRole("heading", { name: "order-001" }).waitFor();
  await on.control(`sessions/${session.id}/pay`, {});
  await page.getByRole("button", { name: "Capture" }).waitFor();
  await page.getByRole("log").getByText("AUTHORIZED").first().waitFor();
});

test("the money can be captured in parts and refunded", async () => {
  const session = await on.order();
  await on.control(`sessions/${session.id}/pay`, {});
  const page = await openConsole(session.id);
  await page.getByLabel("Amount to capture").fill("10000");
  await page.getByRole("button", { name: "Capture" }).click();
  await page.getByLabel("Amount to refund").waitFor();
  expect(on.sandbox.sessions.find(session)?.transaction?.status).toBe("PARTIALLY_CAPTURED");
  await page.getByRole("button", { name: "Capture" }).click();
  await page.getByLabel("Amount to capture").waitFor({ state: "detached" });
  expect(on.sandbox.sessions.find(session)?.transaction?.status).toBe("CAPTURED");
  await page.getByRole("button", { name: "Refund" }).click();
  await page.getByText("Nothing more can be done").waitFor();
  expect(on.sandbox.sessions.find(session)?.transaction?.status).toBe("REFUNDED");
});

test("a payment can be put on hold and approved, and voided", async () => {
  const session = await on.order();
  const page = await openConsole(session.id);
  await page.getByRole("button", { name: "Pay on hold" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Put on hold" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Void" }).click();
  await page.getByText("Nothing more can be done").waitFor();
  expect(on.sandbox.sessions.find(session)?.transaction?.status).toBe("AUTHORIZATION_VOIDED");
});

test("a session can be expired", async () => {
  const session = await on.order();
  const page = await openConsole(session.id);
  await page.getByRole("button", { name: "Expire", exact: true }).click();
  await page.getByText("This session has ended").waitFor();
});

test("a callback is shown with the lines that were signed, and can be sent again", async () => {
  const session = await on.order({ url: { return_url: "https://shop.example/thanks", callback_url } });
  await on.control(`sessions/${session.id}/pay`, {});
  const page = await openConsole(session.id);
  const callbacks = page.getByRole("region", { name: "Callbacks" });
  await callbacks.getByText("GET shop.example/callback").click();
  const signed = (await callbacks.getByLabel("Signed lines").innerText()).split("\n");
  expect(signed.slice(1, 5)).toEqual([on.sandbox.accountId, "GET", "shop.example", "/callback"]);
  await callbacks.getByRole("button", { name: "Send again" }).click();
  await callbacks.locator("details").nth(1).waitFor();
  expect([...on.sandbox.deliveries]).toHaveLength(2);
});

test("a session can be created in the console, and its checkout opened", async () => {
  const page = await openConsole();
  await page.getByRole("button", { name: "New session" }).click();
  const [checkout] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Open the checkout" }).click(),
  ]);
  await checkout.waitForSelector("#pay");
});

test("faults can be added and removed", async () => {
  const page = await openConsole();
  await page.getByText("Add a fault").click();
  await page.getByRole("button", { name: "The whole API is down" }).click();
  await page.getByText('{"on":"*","status":503}').waitFor();
  await page.getByRole("button", { name: "Remove all faults" }).click();
  await page.getByText("No faults are active").waitFor();
  expect([...on.sandbox.faults]).toEqual([]);
});

test("a refusal is shown with the sandbox's message", async () => {
  const session = await on.order();
  await on.control(`sessions/${session.id}/pay`, {});
  const page = await openConsole(session.id);
  const message = "A transaction that is CAPTURED cannot be voided";
  await page.route("**/void", (route) => route.fulfill({ status: 400, json: { error: { message } } }));
  await page.getByRole("button", { name: "Void" }).click();
  await page.getByRole("alert").filter({ hasText: message }).waitFor();
});

test("tokens are counted and never shown", async () => {
  const { accountId, clientId, clientSecret } = on.sandbox;
  const answer = await on.sandbox.fetch(`${on.checkout}/v1/accounts/${accountId}/auth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      grant_type: "client_credentials",
      audience: `${on.checkout}/v1/accounts/${accountId}`,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const page = await openConsole();
  await page.getByText("1, newest for 240 min").waitFor();
  expect(await page.content()).not.toContain(access_token);
  await page.getByRole("button", { name: "Expire tokens" }).click();
  await page.getByText("none", { exact: true }).waitFor();
});
