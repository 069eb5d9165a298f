import { describe, expect, test } from "vitest";
import {
  createOrder,
  createSandbox,
  pay,
  type Customer,
  type SandboxOptions,
} from "../../src/sandbox/index.ts";
import { merchant, order, page, type Body } from "./merchant.ts";

const saves = { payex: { creditcard: { enabled: true, generate_payment_token: true } } };
const url = { return_url: "https://shop.example/thanks" };

/** A sandbox in which a customer has saved a card. */
async function withSavedCard({ customer, ...options }: SandboxOptions & { customer?: Customer } = {}) {
  const sandbox = createSandbox(options);
  const call = await merchant(sandbox);
  const { id } = await pay(
    await createOrder(sandbox, { configuration: saves, ...(customer && { customer }) }),
  );
  const read = await call("GET", `/transactions/${id}?includes=card.payment_token`);
  const { payment_token, payment_token_id } = read.body.card;
  const tokens = { "payex.creditcard": { payment_token } };
  return { sandbox, call, id, payment_token, payment_token_id, tokens };
}

describe("saved cards", () => {
  test("generate_payment_token creates a token, which only includes=card.payment_token returns", async () => {
    const { call, id, payment_token, payment_token_id } = await withSavedCard();
    expect([typeof payment_token, typeof payment_token_id]).toEqual(["string", "string"]);
    const { card } = (await call("GET", `/transactions/${id}`)).body;
    expect([card.payment_token, card.payment_token_id]).toEqual([undefined, payment_token_id]);
    const recurrence = await call("GET", `/transactions/${id}?includes=card.recurrence_token`);
    expect(recurrence.body.card.recurrence_token).toEqual(expect.any(String));
  });

  test("without generate_payment_token there is no token", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await pay(await createOrder(sandbox));
    const { card } = (await call("GET", `/transactions/${id}?includes=card.payment_token`)).body;
    expect([card.payment_token, card.payment_token_id]).toEqual([undefined, undefined]);
  });

  test("a session that names a customer's token offers the card, and never its token", async () => {
    const { sandbox, payment_token, payment_token_id, tokens } = await withSavedCard();
    const shopper = page(sandbox, (await createOrder(sandbox, { customer: { tokens } })).id);
    const view = (await shopper("")).body;
    expect(view.saved_cards).toEqual([
      {
        payment_token_id,
        payment_product_type: "payex.creditcard",
        brand: "Visa",
        masked_pan: "492500******0004",
        expiry_date: "12/2030",
      },
    ]);
    expect(JSON.stringify(view)).not.toContain(payment_token);
    const request = { payment_product_type: "payex.creditcard", outcome: "authorized" };
    expect((await shopper("/pay", { ...request, payment_token_id: "other" })).status).toBe(400);
    const paid = await shopper("/pay", { ...request, payment_token_id });
    expect(sandbox.transactions.get(paid.body.transaction_id)?.card).toMatchObject({ payment_token_id });
  });

  test("an unknown token offers no card", async () => {
    const sandbox = createSandbox();
    const tokens = { "payex.creditcard": { payment_token: "unknown" } };
    const { id } = await createOrder(sandbox, { customer: { tokens } });
    expect((await page(sandbox, id)("")).body.saved_cards).toEqual([]);
  });

  test("the page is informed that the card is saved", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox, { configuration: saves });
    expect((await page(sandbox, id)("")).body).toMatchObject({ saves_card: true, purpose: "payment" });
  });

  test("saved cards survive a restart", async () => {
    let saved: (() => never) | undefined;
    const state = {
      load: () => saved?.(),
      save: (read: () => unknown) => void (saved = read as () => never),
    };
    const { tokens } = await withSavedCard({ state });
    const again = createSandbox({ state });
    const { id } = await createOrder(again, { customer: { tokens } });
    expect((await page(again, id)("")).body.saved_cards).toHaveLength(1);
  });
});

describe("POST /sessions/payment-token", () => {
  const request = {
    session: { order: { currency: "NOK", merchant_reference: "card-1" }, url },
    token_provider: { payment_product_type: "payex.creditcard", token_types: ["payment_token"] },
  };

  test("creates a page that saves a card and takes no money", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const created = await call("POST", "/sessions/payment-token", request);
    expect(created.status).toBe(200);
    const shopper = page(sandbox, created.body.id);
    expect((await shopper("")).body).toMatchObject({
      purpose: "save_card",
      payment_methods: [{ kind: "card", payment_product_type: "payex.creditcard" }],
      session: { order: { amount: 0 } },
    });
    const { transaction_id } = (
      await shopper("/pay", { payment_product_type: "payex.creditcard", outcome: "authorized" })
    ).body;
    const read = await call("GET", `/transactions/${transaction_id}?includes=card.payment_token`);
    expect(read.body).toMatchObject({ amount: 0, card: { payment_token: expect.any(String) } });
  });

  test.each([
    ["no currency", { ...request, session: { ...request.session, order: { merchant_reference: "a" } } }],
    ["no return url", { ...request, session: { ...request.session, url: {} } }],
    ["no token types", { ...request, token_provider: { payment_product_type: "payex.creditcard" } }],
    [
      "an unknown token type",
      { ...request, token_provider: { ...request.token_provider, token_types: ["coin"] } },
    ],
  ])("%s is refused with 400", async (_, body) => {
    const call = await merchant(createSandbox());
    expect((await call("POST", "/sessions/payment-token", body)).status).toBe(400);
  });
});

describe("POST /sessions/pay", () => {
  const payment = { payment_product_type: "payex.creditcard", operation: "unscheduled_purchase" };

  test("pays with a saved card, without the customer", async () => {
    const { call, tokens } = await withSavedCard();
    const { status, body } = await call("POST", "/sessions/pay", {
      session: { order, customer: { tokens } },
      payment,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "AUTHORIZED",
      success: true,
      session_id: expect.any(String),
      actions: [],
    });
  });

  test("captures at once with auto_capture", async () => {
    const { call, tokens } = await withSavedCard();
    const session = { order, customer: { tokens }, configuration: { auto_capture: true } };
    expect((await call("POST", "/sessions/pay", { session, payment })).body.status).toBe("CAPTURED");
  });

  test("is also 200 when the authorization failed: status FAILED, success false", async () => {
    const call = await merchant(createSandbox());
    const tokens = { "payex.creditcard": { payment_token: "unknown" } };
    const { status, body } = await call("POST", "/sessions/pay", {
      session: { order, customer: { tokens } },
      payment,
    });
    expect([status, body.status, body.success]).toEqual([200, "FAILED", false]);
    expect(body.events.at(-1)).toMatchObject({ success: false, error: { message: expect.any(String) } });
  });

  test.each(["strict-merchant-reference", "strict-success-merchant-reference"])(
    "%s refuses a reference that has been used",
    async (toggle) => {
      const { call, tokens } = await withSavedCard();
      const body = { session: { order, customer: { tokens } }, payment };
      expect((await call("POST", "/sessions/pay", body)).status).toBe(200);
      const headers = { "Dintero-Feature-Toggles": toggle };
      expect((await call("POST", "/sessions/pay", body, headers)).status).toBe(400);
    },
  );

  test.each([
    ["no token", { session: { order, customer: { tokens: {} } }, payment }],
    [
      "no operation",
      { session: { order, customer: { tokens: {} } }, payment: { payment_product_type: "a" } },
    ],
    ["no order", { session: { customer: { tokens: {} } }, payment }],
  ])("%s is refused with 400", async (_, body) => {
    const call = await merchant(createSandbox());
    expect((await call("POST", "/sessions/pay", body)).status).toBe(400);
  });
});

describe("card tokens", () => {
  test("a saved card is listed by its customer, read and deleted; deleted ones are listed on demand", async () => {
    const { sandbox, payment_token, payment_token_id, call } = await withSavedCard({
      customer: { customer_id: "c-1" },
    });
    const list = async (query: string) =>
      (await call("GET", `/card-tokens${query}`)).body.map(({ id }: Body) => id);
    expect(await list("?customer_id=c-1&status=ACTIVE")).toEqual([payment_token_id]);
    expect(await list("?customer_id=other")).toEqual([]);
    const read = (await call("GET", `/card-tokens/${payment_token_id}`)).body;
    expect(read).toMatchObject({ id: payment_token_id, status: "ACTIVE", customer_id: "c-1" });
    expect(read.card).toMatchObject({ masked_pan: "492500******0004", type: "Debit", country: "NOR" });
    expect(JSON.stringify(read)).not.toContain(payment_token);

    expect((await call("DELETE", `/card-tokens/${payment_token_id}`)).body.status).toBe("DELETED");
    expect(await list("")).toEqual([]);
    expect(await list("?include_deleted=true")).toEqual([payment_token_id]);
    expect(await list("?status=DELETED")).toEqual([payment_token_id]);
    const tokens = { "payex.creditcard": { payment_token } };
    const { id } = await createOrder(sandbox, { customer: { tokens } });
    expect((await page(sandbox, id)("")).body.saved_cards).toEqual([]);
  });

  test("an unknown card token, or another account's, is 404", async () => {
    const { sandbox, payment_token_id, call } = await withSavedCard();
    expect((await call("GET", "/card-tokens/unknown")).status).toBe(404);
    const other = await merchant(sandbox, "P00000000");
    expect((await other("DELETE", `/card-tokens/${payment_token_id}`)).status).toBe(404);
  });
});
