// The worked example of the rule for amounts, as a shopper and a developer see it.
import type { Frame } from "playwright";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ExpressAnswer } from "../../../src/dintero/express.ts";
import type { Session } from "../../../src/sandbox/session.ts";
import { fillIn } from "../../support/fill-in.ts";
import { checkoutFrame, handlerCall } from "./support/merchant-page.ts";
import { stage, type Stage } from "./support/stage.ts";

/** The merchant's answers to the next callbacks. */
const answers: ExpressAnswer[] = [];
const shirt = { id: "shirt", line_id: "1", description: "Shirt", quantity: 1, amount: 10000 };
const post = (amount: number) => ({ id: "post", line_id: "post", amount, title: "Post", operator: "" });

let on: Stage;
beforeAll(async () => {
  on = await stage(async () => Response.json(answers.shift()));
});
afterEach(() => on.tidy());
afterAll(() => on.close());

function createExpressOrder(): Promise<Session> {
  return on.order({
    order: { amount: 10000, currency: "NOK", merchant_reference: "order-1", items: [shirt] },
    express: {
      shipping_options: [],
      shipping_address_callback_url: "https://shop.example/address",
      discount_codes: { max_count: 1, callback_url: "https://shop.example/discount" },
    },
    configuration: { discounts: { express_discount_codes: { enabled: true } } },
  });
}

async function submitAddress(frame: Frame, answer: ExpressAnswer): Promise<void> {
  answers.push(answer);
  const change = frame.locator("#change-address");
  if (await change.isVisible()) await change.click();
  else await frame.click("#address-test-values");
  await frame.click("#give-address");
  await change.waitFor();
}

/** A price as displayed, with normal spaces instead of non-breaking ones. */
const price = async (frame: Frame, selector: string) =>
  (await frame.locator(selector).innerText()).replaceAll("\u00a0", " ");
const total = (frame: Frame) => price(frame, ".total dd");

test("three address changes, a discount, a payment and a capture of all lines have the right sums", async () => {
  const session = await createExpressOrder();
  const page = await on.embed(session);
  const frame = await checkoutFrame(page);
  expect(await total(frame)).toBe("NOK 100.00");

  const items = [shirt];
  await submitAddress(frame, { shipping_options: [post(10000)], order: { amount: 10000, items } });
  expect(await total(frame)).toBe("NOK 100.00");
  await frame.check("[name=shipping][value=post]");
  await expect.poll(() => total(frame)).toBe("NOK 200.00");

  await submitAddress(frame, { shipping_options: [post(10000)], order: { amount: 20000, items } });
  expect(await total(frame)).toBe("NOK 200.00");

  // The chosen option costs more now: the answer still counts the price of the request.
  await submitAddress(frame, { shipping_options: [post(15000)], order: { amount: 20000, items } });
  await expect.poll(() => total(frame)).toBe("NOK 250.00");
  expect(await frame.locator(".correction").count()).toBe(0);

  const discount_lines = [{ amount: 2000, percentage: 20, description: "20 % off" }];
  answers.push({
    shipping_options: [post(15000)],
    order: { amount: 23000, items: [{ ...shirt, amount: 8000, discount_lines }] },
  });
  await frame.fill("[name=code]", "TWENTY");
  await frame.getByRole("button", { name: "Apply" }).click();
  await frame.getByText("20 % off −NOK 20.00").waitFor();
  expect(await total(frame)).toBe("NOK 230.00");
  expect(await frame.locator(".correction").count()).toBe(0);

  await fillIn(frame);
  await frame.getByRole("button", { name: "Pay NOK 230.00" }).click();
  await handlerCall(page, "onPayment");
  const record = on.sandbox.sessions.require(session);
  const { amount, items: lines } = on.sandbox.transactions.of(record);
  expect(amount).toBe(23000);
  expect(lines.map(({ line_id, amount }) => [line_id, amount])).toEqual([
    ["1", 8000],
    ["post", 15000],
  ]);
  const captured = on.sandbox.transactions.capture(record, { amount, items: [...lines] } as never);
  expect(captured.status).toBe("CAPTURED");
});

test("a wrong sum leaves a Correction line on the page, which the console explains", async () => {
  const session = await createExpressOrder();
  const frame = await checkoutFrame(await on.embed(session));
  await submitAddress(frame, { shipping_options: [post(10000)], order: { amount: 10000, items: [shirt] } });
  await frame.check("[name=shipping][value=post]");
  await expect.poll(() => total(frame)).toBe("NOK 200.00");

  await submitAddress(frame, { shipping_options: [post(10000)], order: { amount: 10000, items: [shirt] } });
  const correction = frame.locator(".correction");
  await correction.getByText("the amount in the shop’s answer is wrong").waitFor();
  expect(await price(frame, ".correction .price")).toBe("-NOK 100.00");
  expect(await total(frame)).toBe("NOK 100.00");

  const page = await on.visit();
  await page.goto(`${on.checkout}/#${session.id}`);
  const warning = page.getByRole("list", { name: "Warnings" }).getByRole("listitem");
  await warning.getByText("The address callback has a wrong amount").waitFor();
  const text = await warning.innerText();
  expect(text).toContain("order.amount is 10000");
  expect(text).toContain("add up to 20000");
  expect(text).toContain("-10000");
  await page.getByRole("log").getByText("order.amount is 10000").waitFor();
});

test("delivery_method none is offered without a delivery, and is paid", async () => {
  const session = await createExpressOrder();
  const page = await on.embed(session);
  const frame = await checkoutFrame(page);
  const download = { ...post(0), title: "Download", delivery_method: "none" as const };
  await submitAddress(frame, { shipping_options: [download], order: { amount: 10000, items: [shirt] } });
  await frame.getByText("No delivery", { exact: true }).waitFor();
  await frame.check("[name=shipping][value=post]");
  await fillIn(frame);
  await frame.click("#pay");
  await handlerCall(page, "onPayment");
});
