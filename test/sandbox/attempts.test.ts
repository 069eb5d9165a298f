import { describe, expect, test } from "vitest";
import { createOrder, createSandbox, hold, pay } from "../../src/sandbox/index.ts";
import { merchant, page, shop, type Body } from "./merchant.ts";

const card = { payment_product_type: "dintero_psp.creditcard", outcome: "authorized" };

describe("a payment that is refused", () => {
  test("a rejected attempt is PAY_FAILED, and another method completes the session", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    const shopper = page(sandbox, id);
    const refused = await shopper("/pay", { ...card, outcome: "rejected" });
    expect([refused.status, refused.body.error.code]).toEqual([422, "payment_rejected"]);
    expect(sandbox.sessions.get(id)?.events.at(-1)).toMatchObject({
      name: "PAY_FAILED",
      details: { payment_product_type: card.payment_product_type },
    });
    expect((await shopper("")).body.outcome).toBeNull();
    expect((await shopper("/pay", { ...card, payment_product_type: "dintero_psp.vipps" })).status).toBe(200);
  });

  test.each([
    ["4000 0000 0000 0002", "AUTHORIZED"],
    ["4000 3000 0000 0006", "FAILED"],
    ["5200 0000 0000 0007", "AUTHORIZED"],
    ["5200 0000 0000 0031", "FAILED"],
    ["4100 0000 0000 0076", "DECLINED"],
    ["5100 0000 0000 0076", "DECLINED"],
    ["4100 0000 0000 0001", "FAILED"],
  ])("the test card %s ends as %s", async (number, status) => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    await page(sandbox, id)("/pay", { ...card, card: { number } });
    expect([...sandbox.transactions].map((transaction) => transaction.status)).toEqual([status]);
  });

  test.each([
    ["0019", "capture"],
    ["0043", "void"],
  ])("with the test card ending %s a %s times out", async (ending, operation) => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await createOrder(sandbox);
    const number = `5100 0000 0000 ${ending}`;
    const { transaction_id } = (await page(sandbox, id)("/pay", { ...card, card: { number } })).body;
    const other = operation === "void" ? "capture" : "void";
    expect((await call("POST", `/transactions/${transaction_id}/${operation}`, { amount: 1 })).status).toBe(
      503,
    );
    expect((await call("POST", `/transactions/${transaction_id}/${other}`, { amount: 1 })).status).toBe(200);
  });

  test("with the test card ending 0035 the automatic capture fails, with 0050 there is no token", async () => {
    const sandbox = createSandbox();
    const creditcard = { enabled: true, generate_payment_token: true };
    const configuration = { auto_capture: true, dintero_psp: { creditcard } };
    const paid = async (number: string) => {
      const { id } = await createOrder(sandbox, { configuration });
      return (await page(sandbox, id)("/pay", { ...card, card: { number } })).body;
    };
    expect((await paid("4100 0000 0000 0035")).error).toBe("capture");
    await paid("4100 0000 0000 0050");
    expect([...sandbox.savedCards]).toEqual([]);
  });

  test("on hold with Walley is an event INITIALIZE", async () => {
    const { events } = await hold(await createOrder(createSandbox()), {
      payment_product_type: "collector.invoice",
    });
    expect(events).toMatchObject([{ event: "INITIALIZE", transaction_status: "ON_HOLD" }]);
  });
});

describe("what the shopper decides", () => {
  const checkboxes = [
    { id: "terms", label: "I accept the terms", required: true },
    { id: "news", label: "Send me news", checked: true },
  ];

  test("checkboxes are on the page, and their answers on the transaction", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox, { checkboxes });
    const shopper = page(sandbox, id);
    expect((await shopper("")).body.checkboxes).toEqual(checkboxes);
    const unticked = await shopper("/pay", { ...card, checkboxes: { terms: false, news: true } });
    expect(unticked.body.error.message).toContain("I accept the terms");
    const { transaction_id } = (await shopper("/pay", { ...card, checkboxes: { terms: true, news: false } }))
      .body;
    expect(sandbox.transactions.get(transaction_id)?.["checkboxes"]).toMatchObject([
      { id: "terms", checked: true },
      { id: "news", checked: false },
    ]);
  });

  test.each([
    ["opt_in", undefined, false],
    ["opt_in", true, true],
    ["opt_out", undefined, true],
    ["opt_out", false, false],
  ])(
    "save_card_checkbox %s, answered %s: the card is saved: %s",
    async (save_card_checkbox, save_card, saved) => {
      const sandbox = createSandbox();
      const creditcard = {
        enabled: true,
        generate_payment_token: true,
        generate_payment_token_config: { save_card_checkbox },
      };
      const { id } = await createOrder(sandbox, { configuration: { dintero_psp: { creditcard } } });
      const shopper = page(sandbox, id);
      expect((await shopper("")).body).toMatchObject({ saves_card: true, save_card_checkbox });
      await shopper("/pay", { ...card, ...(save_card !== undefined && { save_card }) });
      expect([...sandbox.savedCards].length > 0).toBe(saved);
    },
  );
});

describe("a transaction", () => {
  test("has a channel, and events have metadata", async () => {
    const transaction = await pay(await createOrder(createSandbox()));
    expect(transaction).toMatchObject({ channel: "ecommerce", events: [{ metadata: {} }, { metadata: {} }] });
  });

  test("has the billing address that an express shopper gave", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox, { express: { shipping_options: [] } });
    const address = { first_name: "Kari", postal_code: "0154", country: "NO" };
    await page(sandbox, id)("/address", { address });
    const session = sandbox.sessions.get(id)!;
    expect(session.order).toMatchObject({ shipping_address: address, billing_address: address });
    expect(session.events.map(({ name }) => name)).toContain("SET_BILLING_ADDRESS");
    expect((await pay(session)).billing_address).toEqual(address);
  });

  test("invoice_purchase is paid by Kravia's invoice, and by nothing else", async () => {
    const call = await merchant(createSandbox());
    const buy = (payment_product_type: string) =>
      call("POST", "/sessions/pay", {
        session: {
          order: { amount: 1000, currency: "NOK", merchant_reference: "order-1" },
          customer: { tokens: { [payment_product_type]: { payment_token: "known-to-kravia" } } },
        },
        payment: { payment_product_type, operation: "invoice_purchase" },
      });
    expect((await buy("kravia.invoice_b2c")).body).toMatchObject({ success: true, status: "AUTHORIZED" });
    expect((await buy("payex.creditcard")).status).toBe(400);
  });
});

describe("a correction", () => {
  async function authorized() {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await pay(await createOrder(sandbox));
    return { sandbox, call, id };
  }

  test("a capture that looks failed carries the correction: it was done, and cannot be done again", async () => {
    const { sandbox, call, id } = await authorized();
    sandbox.faults.add({ on: "capture", correction: {}, times: 1 });
    const { body } = await call("POST", `/transactions/${id}/capture`, { amount: 10000 });
    const event = body.events.at(-1);
    expect(body.status).toBe("PARTIALLY_CAPTURED");
    expect(event).toMatchObject({
      event: "CAPTURE",
      success: false,
      correction: {
        event_ids: [event.id],
        status: "PARTIALLY_CAPTURED",
        remaining_capture_amount: 19990,
        remaining_refund_amount: 10000,
        remaining_void_amount: 0,
      },
    });
    const again = await call("POST", `/transactions/${id}/capture`, { amount: 29990 });
    expect(again.body.error.errors).toMatchObject([{ message: "amount must be at most 19990" }]);
  });

  test("the correction can come later, on an event of its own that names the first", async () => {
    const { sandbox, call, id } = await authorized();
    sandbox.faults.add({ on: "capture", correction: { after: 5 }, times: 1 });
    const first = (await call("POST", `/transactions/${id}/capture`, { amount: 29990 })).body;
    expect([first.status, first.events.at(-1).success]).toEqual(["AUTHORIZED", false]);
    await expect.poll(() => sandbox.transactions.get(id)?.status).toBe("CAPTURED");
    expect(sandbox.transactions.get(id)?.events.at(-1)).toMatchObject({
      event: "CAPTURE",
      correction: { event_ids: [first.events.at(-1).id], status: "CAPTURED" },
    });
  });

  test("an accepted refund can end with one", async () => {
    const { sandbox, call, id } = await authorized();
    await call("POST", `/transactions/${id}/capture`, { amount: 29990 });
    sandbox.faults.add({ on: "refund", accepted: { after: 1 }, correction: {}, times: 1 });
    expect((await call("POST", `/transactions/${id}/refund`, { amount: 29990 })).status).toBe(202);
    await expect.poll(() => sandbox.transactions.get(id)?.status).toBe("REFUNDED");
    expect(sandbox.transactions.get(id)?.events.at(-1)).toMatchObject({
      success: false,
      correction: { status: "REFUNDED" },
    });
  });
});

describe("what Dintero refuses and the sandbox takes", () => {
  const warnings = (sandbox: ReturnType<typeof createSandbox>) =>
    sandbox.log
      .since(0)
      .filter(({ kind }) => kind === "warning")
      .map(({ text }) => text);

  test("a callback_url on localhost, or without https, is a warning in the log", async () => {
    const server = await shop((_, response) => response.writeHead(200).end());
    const sandbox = createSandbox();
    const url = { return_url: "https://shop.example/", callback_url: server.url };
    await createOrder(sandbox, { url });
    expect(warnings(sandbox)).toMatchObject([
      expect.stringContaining("url.callback_url must be a public https address") as string,
    ]);
    await server.close();
  });

  test("a long merchant_reference is one where Kravia is offered", async () => {
    const sandbox = createSandbox();
    const order = { amount: 1, currency: "NOK", merchant_reference: crypto.randomUUID() };
    await createOrder(sandbox, { order });
    expect(warnings(sandbox)).toEqual([]);
    await createOrder(sandbox, { order, configuration: { kravia: { invoice_b2c: { enabled: true } } } });
    expect(warnings(sandbox)).toHaveLength(1);
  });
});

test("Magento's express update leaves the shipping out of the amount; the session does not stay locked", async () => {
  const sandbox = createSandbox();
  const call = await merchant(sandbox);
  const option = { id: "flat", line_id: "flat", amount: 5000, title: "Flat rate", operator: "" };
  const { id } = await createOrder(sandbox, { express: { shipping_options: [option] } });
  await page(sandbox, id)("/lock", {});
  const { order } = sandbox.sessions.get(id)!;
  const updated: { status: number; body: Body } = await call("PUT", `/sessions/${id}`, {
    order: { ...order, shipping_option: option },
    express: { shipping_options: [option] },
    remove_lock: true,
  });
  expect([updated.status, updated.body.order.amount, updated.body.pay_lock]).toEqual([200, 34990, undefined]);
});
