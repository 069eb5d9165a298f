import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { merchant, order, page, session } from "./merchant.ts";

async function open(options = {}) {
  const sandbox = createSandbox(options);
  const call = await merchant(sandbox);
  const create = async (body: object = session) =>
    ((await call("POST", "/sessions-profile", body)).body as { id: string }).id;
  return { sandbox, call, create };
}

const strict = { "Dintero-Feature-Toggles": "strict-session-amounts" };

describe("creating a session", () => {
  test("a session is created, paid and read, with its transaction", async () => {
    const { sandbox, call } = await open();
    const created = await call("POST", "/sessions-profile", session);
    expect(created.status).toBe(200);
    expect(created.body.id).toMatch(/^T12345678\.[A-Za-z0-9]{24}$/);
    expect(created.body.url).toBe(`https://sandbox.test/v1/view/${created.body.id}`);
    expect(created.body.session).toBeUndefined();

    const paid = await page(sandbox, created.body.id)("/pay", {
      payment_product_type: "payex.creditcard",
      outcome: "authorized",
      card: { number: "4925 0000 0000 0004" },
    });
    const { transaction_id } = paid.body;
    expect(paid.body).toEqual({
      type: "SessionPaymentAuthorized",
      transaction_id,
      merchant_reference: "order-001",
      href: `https://shop.example/thanks?transaction_id=${transaction_id}&merchant_reference=order-001`,
    });
    const read = await call("GET", `/sessions/${created.body.id}`);
    expect(read.body).toMatchObject({ ...session, id: created.body.id, transaction_id });
    const transaction = await call("GET", `/transactions/${transaction_id}`);
    expect(transaction.body).toMatchObject({
      id: transaction_id,
      status: "AUTHORIZED",
      amount: 29990,
      currency: "NOK",
      merchant_reference: "order-001",
      session_id: created.body.id,
      items: order.items,
      events: [{ event: "INITIALIZE" }, { event: "AUTHORIZE", amount: 29990 }],
      payment_product_type: "payex.creditcard",
      card: { masked_pan: "492500******0004" },
    });
  });

  test("a session that was not paid has its times and events, and no transaction", async () => {
    const { call, create } = await open({ now: () => Date.parse("2026-01-01T12:00:00Z") });
    const { body } = await call("GET", `/sessions/${await create()}`);
    expect(body).toMatchObject({
      created_at: "2026-01-01T12:00:00.000Z",
      updated_at: "2026-01-01T12:00:00.000Z",
      expires_at: "2026-01-02T12:00:00.000Z",
      events: [{ name: "INITIATED" }],
    });
    expect(body.transaction_id).toBeUndefined();
  });

  test("include_session=true adds the session", async () => {
    const { call } = await open();
    const { body } = await call("POST", "/sessions-profile?include_session=true", session);
    expect(body.session).toMatchObject({ id: body.id, order });
  });

  test("the url follows the sandbox's address where one was given", async () => {
    const { call } = await open({ url: "http://127.0.0.1:4242" });
    const { body } = await call("POST", "/sessions-profile", session);
    expect(body.url).toBe(`http://127.0.0.1:4242/v1/view/${body.id}`);
  });

  test("Dintero-System headers name the calling system", async () => {
    const { call } = await open();
    const headers = { "Dintero-System-Name": "shop", "Dintero-System-Version": "1" };
    const plugin = { "Dintero-System-Plugin-Name": "tag", "Dintero-System-Plugin-Version": "2" };
    expect((await call("POST", "/sessions-profile", session, { ...headers, ...plugin })).status).toBe(200);
  });

  const item = order.items[0];
  test.each<[string, object, string]>([
    ["no return url", { ...session, url: {} }, "url.return_url"],
    ["a relative return url", { ...session, url: { return_url: "/thanks" } }, "url.return_url"],
    [
      "a callback url without http",
      { ...session, url: { ...session.url, callback_url: "ftp://a" } },
      "url.callback_url",
    ],
    ["no order", { ...session, order: undefined }, "order"],
    ["no amount", { ...session, order: { ...order, amount: undefined } }, "order.amount"],
    ["an amount with decimals", { ...session, order: { ...order, amount: 299.9 } }, "order.amount"],
    ["an amount below zero", { ...session, order: { ...order, amount: -1 } }, "order.amount"],
    ["an amount that is a text", { ...session, order: { ...order, amount: "29990" } }, "order.amount"],
    ["no currency", { ...session, order: { ...order, currency: undefined } }, "order.currency"],
    ["an invalid currency code", { ...session, order: { ...order, currency: "kr" } }, "order.currency"],
    [
      "no merchant reference",
      { ...session, order: { ...order, merchant_reference: "" } },
      "order.merchant_reference",
    ],
    ["no profile", { ...session, profile_id: undefined }, "profile_id"],
    [
      "an item's amount with decimals",
      { ...session, order: { ...order, items: [{ ...item, amount: 1.5 }] } },
      "order.items[0].amount",
    ],
    [
      "a line_id used twice",
      { ...session, order: { ...order, items: [item, item] } },
      "order.items[1].line_id",
    ],
    [
      "a vat above 100 %",
      { ...session, order: { ...order, items: [{ ...item, vat: 2500 }] } },
      "order.items[0].vat",
    ],
    ["an amount above int32", { ...session, order: { ...order, amount: 2_147_483_648 } }, "order.amount"],
    ["a store without an id", { ...session, order: { ...order, store: { name: "Oslo" } } }, "order.store.id"],
    ["metadata that is neither text nor number", { ...session, metadata: { ext_a: true } }, "metadata.ext_a"],
    ["an expiry in the past", { ...session, expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
    [
      "a shipping option without a title",
      { ...session, express: { shipping_options: [{ id: "a", line_id: "a", amount: 1, operator: "" }] } },
      "express.shipping_options[0].title",
    ],
    [
      "a shipping option without an operator",
      { ...session, express: { shipping_options: [{ id: "a", line_id: "a", amount: 1, title: "A" }] } },
      "express.shipping_options[0].operator",
    ],
    ["express without shipping_options", { ...session, express: {} }, "express.shipping_options"],
    [
      "an unknown delivery method",
      {
        ...session,
        express: {
          shipping_options: [
            { id: "a", line_id: "a", title: "A", amount: 1, operator: "", delivery_method: "drone" },
          ],
        },
      },
      "express.shipping_options[0].delivery_method",
    ],
    [
      "an unknown shipping mode",
      { ...session, express: { shipping_options: [], shipping_mode: "maybe" } },
      "express.shipping_mode",
    ],
    [
      "an unknown customer type",
      { ...session, express: { shipping_options: [], customer_types: ["b2g"] } },
      "express.customer_types[0]",
    ],
    [
      "a discount callback without http",
      {
        ...session,
        express: { shipping_options: [], discount_codes: { callback_url: "ftp://a" } },
      },
      "express.discount_codes.callback_url",
    ],
  ])("%s is refused with 400 and its path", async (_, body, path) => {
    const { sandbox, call } = await open();
    const answer = await call("POST", "/sessions-profile", body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: "invalid_body", errors: [{ path }] });
    expect(answer.body.error.errors[0]).toEqual({
      path,
      code: expect.any(String),
      message: expect.stringContaining(path),
    });
    expect(sandbox.sessions.size).toBe(0);
  });

  test("a body that is not a JSON object is refused with 400", async () => {
    const { sandbox, call } = await open();
    expect((await call("POST", "/sessions-profile", [])).body.error.code).toBe("invalid_body");
    const token = await merchant(sandbox);
    expect((await token("POST", "/sessions-profile")).body.error.code).toBe("invalid_json");
  });

  test("quantities may be decimal, lines may be negative, and discounts are kept", async () => {
    const { call } = await open();
    const discount_lines = [{ amount: 1000, percentage: 10, discount_type: "customer", discount_id: "TEN" }];
    const items = [
      {
        id: "a",
        line_id: "1",
        description: "Cheese",
        quantity: 0.45,
        amount: 9000,
        gross_amount: 10000,
        discount_lines,
      },
      { id: "b", line_id: "2", description: "Gift card", quantity: 1, amount: -500 },
    ];
    const body = { ...session, order: { ...order, amount: 8500, items, discount_lines } };
    const created = await call("POST", "/sessions-profile?include_session=true", body, strict);
    expect(created.status).toBe(200);
    expect(created.body.session.order).toEqual(body.order);
  });

  test("strict-session-amounts refuses an amount that is not the sum of its parts", async () => {
    const { call } = await open();
    const shipping_option = { id: "post", line_id: "s", title: "Post", amount: 3900, operator: "" };
    const wrong = { ...session, order: { ...order, shipping_option } };
    const refused = await call("POST", "/sessions-profile", wrong, strict);
    expect(refused.body.error.errors).toEqual([
      {
        path: "order.amount",
        code: "amount_mismatch",
        message: "order.amount must be 33890, the sum of its parts",
      },
    ]);
    expect((await call("POST", "/sessions-profile", wrong)).status).toBe(200);
    const right = { ...session, order: { ...order, amount: 33890, shipping_option } };
    expect((await call("POST", "/sessions-profile", right, strict)).status).toBe(200);
  });

  test("an unknown session or an invalid id is 404", async () => {
    const { call } = await open();
    for (const id of ["T12345678.unknown", "x", "%2e%2e%2fsecrets"]) {
      const { status, body } = await call("GET", `/sessions/${id}`);
      expect([status, body.error.code]).toEqual([404, "session_not_found"]);
    }
    expect((await call("GET", "/nowhere")).body.error.code).toBe("not_found");
  });

  test("the oldest sessions are dropped when there are too many", async () => {
    const { sandbox, create } = await open({ keep: 2 });
    const ids = [await create(), await create(), await create()];
    expect(ids.map((id) => sandbox.sessions.get(id) !== undefined)).toEqual([false, true, true]);
    expect(sandbox.sessions.size).toBe(2);
  });
});

describe("updating a session", () => {
  const cheaper = { amount: 19990, items: [{ ...order.items[0], amount: 19990 }] };

  test("an update needs the page's lock and removes it", async () => {
    const { sandbox, call, create } = await open();
    const id = await create();
    const refused = await call("PUT", `/sessions/${id}`, { order: cheaper });
    expect([refused.status, refused.body.error.code]).toEqual([400, "session_not_locked"]);

    const { pay_lock_id } = (await page(sandbox, id)("/lock", {})).body;
    expect((await call("GET", `/sessions/${id}`)).body.pay_lock.id).toBe(pay_lock_id);
    const updated = await call("PUT", `/sessions/${id}`, { order: cheaper });
    expect(updated.status).toBe(200);
    expect(updated.body.pay_lock).toBeUndefined();
    expect(updated.body.order).toEqual({ ...order, ...cheaper });
    expect(updated.body.events.map(({ name }: { name: string }) => name)).toEqual([
      "INITIATED",
      "PAY_LOCK_START",
      "UPDATE_SESSION",
      "PAY_LOCK_END",
    ]);
  });

  test("remove_lock=false keeps the lock, and the session cannot be paid until it is removed", async () => {
    const { sandbox, call, create } = await open();
    const id = await create();
    const shopper = page(sandbox, id);
    await shopper("/lock", {});
    const kept = await call("PUT", `/sessions/${id}`, { order: cheaper, remove_lock: false });
    expect(kept.body.pay_lock).toBeDefined();
    const pay = { payment_product_type: "vipps", outcome: "authorized" };
    expect((await shopper("/pay", pay)).body.error.code).toBe("session_locked");
    await call("PUT", `/sessions/${id}`, { order: cheaper, remove_lock: true });
    expect((await shopper("/pay", pay)).status).toBe(200);
  });

  test("update_without_lock=true needs no lock", async () => {
    const { call, create } = await open();
    const id = await create();
    const updated = await call("PUT", `/sessions/${id}?update_without_lock=true`, { order: cheaper });
    expect(updated.body.order.amount).toBe(19990);
  });

  test("a completed or expired session cannot be updated", async () => {
    const { sandbox, call, create } = await open();
    const paid = await create();
    await page(sandbox, paid)("/pay", { payment_product_type: "vipps", outcome: "authorized" });
    const completed = await call("PUT", `/sessions/${paid}?update_without_lock=true`, { order: cheaper });
    expect(completed.body.error.code).toBe("session_completed");
    const gone = await create();
    sandbox.sessions.expire(sandbox.sessions.require(gone));
    const expired = await call("PUT", `/sessions/${gone}?update_without_lock=true`, { order: cheaper });
    expect(expired.body.error.code).toBe("session_expired");
  });

  test("an update is checked like a new session, its express options too", async () => {
    const { call, create } = await open();
    const path = `/sessions/${await create()}?update_without_lock=true`;
    const decimals = await call("PUT", path, { order: { amount: 1.5 } });
    expect(decimals.body.error.errors[0].path).toBe("order.amount");
    const sum = await call("PUT", path, { order: { ...cheaper, amount: 1 } });
    expect(sum.body.error.errors[0].code).toBe("amount_mismatch");
    const lock = await call("PUT", path, { order: cheaper, remove_lock: "no" });
    expect(lock.body.error.errors[0].path).toBe("remove_lock");
    const express = { shipping_options: [{ id: "a", line_id: "a", title: "A", amount: 100, operator: "" }] };
    const updated = await call("PUT", path, { order: cheaper, express });
    expect(updated.body.express).toEqual(express);
  });

  test("the shopper's shipping option stays chosen while it is offered", async () => {
    const { sandbox, call } = await open();
    const option = (line_id: string, amount: number) => ({
      ...{ id: line_id, line_id, title: line_id, amount, operator: "" },
    });
    const express = { shipping_options: [option("home", 3900), option("shop", 0)] };
    const { id } = (await call("POST", "/sessions-profile", { ...session, express })).body;
    const chosen = await page(sandbox, id)("/shipping-option", { line_id: "home" });
    expect(chosen.body.session.order.amount).toBe(33890);
    const path = `/sessions/${id}?update_without_lock=true`;
    const kept = await call("PUT", path, { order: cheaper });
    expect(kept.body.order).toMatchObject({ amount: 23890, shipping_option: { line_id: "home" } });
    const gone = await call("PUT", path, {
      order: cheaper,
      express: { shipping_options: [option("shop", 0)] },
    });
    expect(gone.body.order.amount).toBe(19990);
    expect(gone.body.order.shipping_option).toBeUndefined();
  });
});

describe("cancelling and expiry", () => {
  const pay = { payment_product_type: "vipps", outcome: "authorized" };

  test("a merchant cancels a session, and what was authorized is voided", async () => {
    const { sandbox, call, create } = await open();
    const open_ = await create();
    expect((await call("POST", `/sessions/${open_}/cancel`)).body.cancelled_at).toBeDefined();
    expect((await page(sandbox, open_)("/pay", pay)).body.error.code).toBe("session_ended");
    const paid = await create();
    const { transaction_id } = (await page(sandbox, paid)("/pay", pay)).body;
    expect((await call("POST", `/sessions/${paid}/cancel`)).status).toBe(200);
    expect((await call("GET", `/transactions/${transaction_id}`)).body.status).toBe("AUTHORIZATION_VOIDED");
  });

  test("a session whose transaction is captured, on hold or declined cannot be cancelled", async () => {
    const { sandbox, call, create } = await open();
    for (const outcome of ["on_hold", "declined", "captured"]) {
      const id = await create();
      const paid = await page(sandbox, id)("/pay", {
        ...pay,
        outcome: outcome === "captured" ? "authorized" : outcome,
      });
      if (outcome === "captured")
        await call("POST", `/transactions/${paid.body.transaction_id}/capture`, { amount: 100 });
      const refused = await call("POST", `/sessions/${id}/cancel`);
      expect([refused.status, refused.body.error.code]).toEqual([400, "invalid_status"]);
    }
  });

  test("a cancelled session cannot be cancelled again", async () => {
    const { call, create } = await open();
    const id = await create();
    await call("POST", `/sessions/${id}/cancel`);
    expect((await call("POST", `/sessions/${id}/cancel`)).body.error.code).toBe("session_cancelled");
  });

  test("after expires_at the page's session is gone, and the merchant can still read it", async () => {
    let now = Date.parse("2026-01-01T12:00:00Z");
    const { sandbox, call, create } = await open({ now: () => now });
    const id = await create({ ...session, expires_at: "2026-01-01T12:10:00Z" });
    expect((await page(sandbox, id)("")).status).toBe(200);
    now = Date.parse("2026-01-01T12:10:00Z");
    expect((await page(sandbox, id)("")).body.error.code).toBe("session_expired");
    expect((await page(sandbox, id)("/pay", pay)).body.error.code).toBe("session_expired");
    expect((await call("GET", `/sessions/${id}`)).body.expires_at).toBe("2026-01-01T12:10:00Z");
  });
});
