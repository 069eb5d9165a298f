import { afterEach, describe, expect, test } from "vitest";
import { createOrder, createSandbox, nextCallback, pay } from "../../src/sandbox/index.ts";
import { merchant, order, page, shop, type Body } from "./merchant.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const shipping_option = {
  ...{ id: "post", line_id: "post", title: "Post", amount: 3900, vat_amount: 780, vat: 25, operator: "" },
};
const shipped = { ...order, amount: 33890, shipping_option };

/** Pays such a session with this method, and returns the merchant's calls for its transaction. */
async function paid(session: object = {}, payment_product_type = "payex.creditcard") {
  const sandbox = createSandbox();
  const call = await merchant(sandbox);
  const created = await createOrder(sandbox, session);
  const { id } = await pay(created, { payment_product_type });
  return {
    sandbox,
    session: created,
    call,
    read: async (query = "") => (await call("GET", `/transactions/${id}${query}`)).body,
    post: (action: string, body?: unknown) => call("POST", `/transactions/${id}/${action}`, body),
  };
}

const sum = (items: readonly { amount: number }[]) => items.reduce((total, { amount }) => total + amount, 0);

describe("a transaction as read", () => {
  test("the shipping option is a line of items, which add up to the amount", async () => {
    const { read, post } = await paid({ order: shipped });
    const { items, amount } = await read();
    expect(items.at(-1)).toMatchObject({ id: "post", line_id: "post", amount: 3900, vat_amount: 780 });
    expect(sum(items)).toBe(amount);
    expect((await post("capture", { amount, items })).body.status).toBe("CAPTURED");
  });

  test("the shipping line alone can be captured by its line_id", async () => {
    const { post } = await paid({ order: shipped });
    const captured = await post("capture", { amount: 3900, items: [{ line_id: "post", amount: 3900 }] });
    expect(captured.body.status).toBe("PARTIALLY_CAPTURED");
  });

  test("addresses, references, store, customer, urls and metadata come from the session", async () => {
    const address = { first_name: "Ola", country: "NO" };
    const { read } = await paid({
      url: { return_url: "https://shop.example/", callback_url: "https://shop.example/callback" },
      order: {
        ...order,
        merchant_reference_2: "WEB-1",
        event_reference: "E-1",
        billing_address: address,
        shipping_address: address,
        store: { id: "oslo" },
      },
      customer: { customer_id: "c-1", email: "ola@example.com", tokens: {} },
      metadata: { ext_a: 1 },
    });
    expect(await read()).toMatchObject({
      merchant_reference_2: "WEB-1",
      billing_address: address,
      shipping_address: address,
      store: { id: "oslo" },
      customer: { customer_id: "c-1", email: "ola@example.com" },
      metadata: { "session:profile_id": "default", event_reference: "E-1" },
      url: { redirect_url: "https://shop.example/", callback_url: "https://shop.example/callback" },
      card: { brand: "Visa", expiry_date: expect.stringMatching(/^\d\d\/\d{4}$/) },
    });
  });

  test("includes adds the session, its latest event, and events that succeeded", async () => {
    const { read, session, post } = await paid();
    expect((await read()).session).toBeUndefined();
    expect((await read("?includes=session")).session.id).toBe(session.id);
    expect((await read("?includes=session.events.latest")).session.events).toHaveLength(1);
    await post("capture", { amount: 29990 });
    const { events } = await read("?includes=events.success.true");
    expect(events.map(({ event }: Body) => event)).toEqual(["INITIALIZE", "AUTHORIZE", "CAPTURE"]);
  });

  test("includes=initiating_system_request_headers adds the system that created the session", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const headers = { "Dintero-System-Name": "shop" };
    const body = { url: { return_url: "https://shop.example/" }, order, profile_id: "default" };
    const { id } = (await call("POST", "/sessions-profile", body, headers)).body;
    const read = await call("GET", `/sessions/${id}?includes=initiating_system_request_headers`);
    expect(read.body.initiating_system_request_headers).toEqual({ "dintero-system-name": "shop" });
    const { id: transaction } = await pay(sandbox.sessions.get(id)!);
    const path = `/transactions/${transaction}?includes=initiating_system_request_headers`;
    expect((await call("GET", path)).body.initiating_system_request_headers).toEqual({
      "dintero-system-name": "shop",
    });
  });

  test("a failed authorization has success false and an error with its retry policy", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    await page(sandbox, id)("/pay", { payment_product_type: "payex.creditcard", outcome: "declined" });
    expect([...sandbox.transactions][0]?.events.at(-1)).toMatchObject({
      event: "AUTHORIZE",
      transaction_status: "DECLINED",
      success: false,
      error: { type: ["INSUFFICIENT_FUNDS"], retry_policy: { retry_codes: ["RETRY_AFTER_DELAY"] } },
    });
  });

  test("PUT changes merchant_reference_2 only", async () => {
    const { call, read } = await paid();
    const { id } = await read();
    const { status, body } = await call("PUT", `/transactions/${id}`, {
      merchant_reference_2: "1001",
      amount: 1,
    });
    expect([status, body.merchant_reference_2, body.amount]).toEqual([200, "1001", 29990]);
    expect((await read()).merchant_reference_2).toBe("1001");
    expect((await call("PUT", `/transactions/${id}`, { merchant_reference_2: 7 })).status).toBe(400);
  });
});

describe("captures, refunds and voids", () => {
  test("items need not add up to the amount, and may be an empty list", async () => {
    const { post } = await paid();
    const items = [{ line_id: "1", amount: 99 }];
    expect((await post("capture", { amount: 29990, items })).status).toBe(200);
    expect((await post("refund", { amount: 1000, items: [] })).body.status).toBe("PARTIALLY_REFUNDED");
  });

  test("a void after a partial capture cancels the rest of payex.creditcard, and keeps the captured part", async () => {
    const { post, read } = await paid();
    await post("capture", { amount: 10000 });
    const voided = await post("void");
    expect(voided.body.events.at(-1)).toMatchObject({ event: "VOID", amount: 19990 });
    expect((await post("capture", { amount: 1 })).body.error.message).toBe("Only 0 can still be captured");
    expect((await post("refund", { amount: 10000 })).status).toBe(200);
    expect((await post("void")).status).toBe(400);
    expect((await read()).amount).toBe(29990);
  });

  test("a void after a partial capture is refused for collector.invoice", async () => {
    const { post } = await paid({}, "collector.invoice");
    await post("capture", { amount: 10000 });
    expect((await post("void")).body.error.code).toBe("invalid_status");
  });

  test("final_capture of dintero_psp voids the rest: nothing more can be captured", async () => {
    const { post } = await paid({}, "dintero_psp.creditcard");
    const { body } = await post("capture", { amount: 10000, final_capture: true });
    expect(body.events.slice(-2)).toMatchObject([
      { event: "CAPTURE", amount: 10000 },
      { event: "VOID", amount: 19990 },
    ]);
    expect((await post("capture", { amount: 1 })).status).toBe(400);
  });

  test("final_capture of another provider leaves the rest authorized", async () => {
    const { post } = await paid();
    await post("capture", { amount: 10000, final_capture: true });
    expect((await post("capture", { amount: 19990 })).body.status).toBe("CAPTURED");
  });

  test("void takes any body: live plug-ins send an id, or an empty list", async () => {
    for (const body of [undefined, [], { id: "x" }]) {
      const { post } = await paid();
      expect((await post("void", body)).body.status).toBe("AUTHORIZATION_VOIDED");
    }
  });

  test.each([[{ ext_a: 1 }], [{ a: "x" }], [{ ext_a: "x".repeat(257) }]])(
    "metadata of a capture is texts under ext_ keys: %j is refused",
    async (metadata) => {
      const { post } = await paid();
      expect((await post("capture", { amount: 1, metadata })).status).toBe(400);
    },
  );

  test("metadata of a capture is stored in its event", async () => {
    const { post } = await paid();
    const { body } = await post("capture", { amount: 1, metadata: { ext_parcel: "7" } });
    expect(body.events.at(-1).metadata).toEqual({ ext_parcel: "7" });
  });

  test("only integers are accepted: what Dintero does with decimals is not documented", async () => {
    const { post } = await paid();
    const { status, body } = await post("capture", { amount: 980.0000000000001 });
    expect(status).toBe(400);
    expect(body.error.errors[0].message).toContain("must be an integer in minor units");
  });
});

describe("202: accepted, and completed later", () => {
  test("a capture begins with INITIATE_CAPTURE, and its end names that event's request", async () => {
    const { sandbox, session, post, read } = await paid();
    sandbox.faults.add({ on: "capture", accepted: { after: 3_600_000 }, times: 1 });
    const accepted = await post("capture", { amount: 29990, capture_reference: "c-1" });
    expect([accepted.status, accepted.body.status]).toEqual([202, "AUTHORIZED"]);
    const initiated = accepted.body.events.at(-1);
    expect(initiated).toMatchObject({ event: "INITIATE_CAPTURE", amount: 29990, event_reference: "c-1" });
    await complete(sandbox, session.id);
    const { status, events } = await read();
    expect(status).toBe("CAPTURED");
    expect(events.at(-1)).toMatchObject({
      event: "CAPTURE",
      correlation_request_id: initiated.request_id,
      event_reference: "c-1",
      success: true,
    });
  });

  test("event-request-id is the request_id of the event", async () => {
    const { sandbox, session, call, read } = await paid();
    sandbox.faults.add({ on: "void", accepted: {} });
    const { id } = await read();
    const { access_token } = sandbox.tokens.issue(sandbox.accountId, {
      grant_type: "client_credentials",
      audience: `https://sandbox.test/v1/accounts/${sandbox.accountId}`,
    }) as { access_token: string };
    const answer = await sandbox.fetch(`https://sandbox.test/v1/transactions/${id}/void`, {
      method: "POST",
      headers: { Authorization: `Bearer ${access_token}` },
    });
    const { events } = (await answer.json()) as Body;
    expect(answer.headers.get("event-request-id")).toBe(events.at(-1).request_id);
    await complete(sandbox, session.id);
    expect((await call("GET", `/transactions/${id}`)).body.status).toBe("AUTHORIZATION_VOIDED");
  });

  test("accepted operations count: no more than the rest can be accepted", async () => {
    const { sandbox, post } = await paid();
    sandbox.faults.add({ on: "capture", accepted: { after: 3_600_000 } });
    await post("capture", { amount: 20000 });
    expect((await post("capture", { amount: 10000 })).body.error.message).toBe(
      "Only 9990 can still be captured",
    );
    sandbox.reset();
  });

  test("an accepted refund that fails has an event with success false, and no money moves", async () => {
    const { sandbox, session, post, read } = await paid();
    await post("capture", { amount: 29990 });
    sandbox.faults.add({ on: "refund", accepted: { after: 3_600_000, fails: true } });
    expect((await post("refund", { amount: 100 })).status).toBe(202);
    await complete(sandbox, session.id);
    const { status, events } = await read();
    expect(status).toBe("CAPTURED");
    expect(events.at(-1)).toMatchObject({
      event: "REFUND",
      success: false,
      error: { message: expect.any(String) },
    });
  });

  test("it completes by itself after its delay, with the callback that report_event requests", async () => {
    const server = await shop((_, response) => response.writeHead(200).end());
    closers.push(server.close);
    const { sandbox, session, post } = await paid({
      url: { return_url: "https://shop.example/", callback_url: `${server.url}/?report_event=CAPTURE` },
    });
    await nextCallback(session);
    sandbox.faults.add({ on: "capture", accepted: { after: 1 } });
    await post("capture", { amount: 29990 });
    await nextCallback(session);
    expect(server.arrived[1]?.url.searchParams.get("event")).toBe("CAPTURE");
  });

  test("a fault that accepts other calls is refused", () => {
    const { faults } = createSandbox();
    expect(() => faults.add({ on: "get-session", accepted: {} })).toThrow("capture, refund and void");
  });

  async function complete(sandbox: ReturnType<typeof createSandbox>, id: string): Promise<void> {
    const path = `https://sandbox.test/_sandbox/sessions/${id}/complete`;
    expect((await sandbox.fetch(path, { method: "POST" })).status).toBe(200);
  }
});

describe("captured at once", () => {
  /** The status that the merchant's server reads when it is called back. */
  async function statusInCallback(session: object, payment_product_type: string): Promise<string> {
    const server = await shop((_, response) => response.writeHead(200).end());
    closers.push(server.close);
    const sandbox = createSandbox();
    const created = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url: `${server.url}/?method=POST` },
      ...session,
    });
    await pay(created, { payment_product_type });
    await nextCallback(created);
    return (JSON.parse(server.arrived[0]?.text ?? "") as Body).status;
  }

  test("auto_capture: the transaction is CAPTURED at the callback", async () => {
    expect(await statusInCallback({ configuration: { auto_capture: true } }, "payex.creditcard")).toBe(
      "CAPTURED",
    );
  });

  test.each(["swish.swish", "payex.swish"])(
    "%s has no reservation: CAPTURED, void is impossible",
    async (type) => {
      expect(await statusInCallback({ order: { ...order, currency: "SEK" } }, type)).toBe("CAPTURED");
      const { post } = await paid({ order: { ...order, currency: "SEK" } }, type);
      expect((await post("void")).status).toBe(400);
      expect((await post("refund", { amount: 1 })).status).toBe(200);
    },
  );

  test("an empty list of splits prevents the automatic capture", async () => {
    const items = [{ ...order.items[0], splits: [] }];
    const { read } = await paid({ order: { ...order, items }, configuration: { auto_capture: true } });
    expect((await read()).status).toBe("AUTHORIZED");
  });

  test("a capture that fails returns with error=capture and transaction_id, and is called back with the capture", async () => {
    const server = await shop((_, response) => response.writeHead(200).end());
    closers.push(server.close);
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url: `${server.url}/` },
      configuration: { auto_capture: true },
    });
    const request = { payment_product_type: "payex.creditcard", outcome: "capture_failed" };
    const { body } = await page(sandbox, session.id)("/pay", request);
    const query = new URL(body.href).searchParams;
    const [transaction] = [...sandbox.transactions];
    expect([query.get("error"), query.get("transaction_id")]).toEqual(["capture", transaction?.id]);
    expect([transaction?.status, server.arrived]).toEqual(["AUTHORIZED", []]);
    await call("POST", `/transactions/${transaction?.id}/capture`, { amount: 29990 });
    await nextCallback(session);
    expect(server.arrived).toHaveLength(1);
    const plain = page(sandbox, (await createOrder(sandbox)).id);
    expect((await plain("/pay", request)).status).toBe(400);
  });
});

describe("zero amounts", () => {
  const free = { order: { ...order, amount: 0, items: [] } };
  const zero = { ...free, configuration: { dintero: { zero: { enabled: true } } } };

  test("amount 0 is paid as dintero.zero where that is enabled, and can be captured and refunded", async () => {
    const { read, post } = await paid(zero, "dintero.zero");
    expect(await read()).toMatchObject({
      status: "AUTHORIZED",
      payment_product_type: "dintero.zero",
      amount: 0,
    });
    expect((await post("capture", { amount: 0 })).body.status).toBe("CAPTURED");
    expect((await post("refund", { amount: 0 })).body.status).toBe("REFUNDED");
    const other = await paid(zero, "dintero.zero");
    expect((await other.post("void")).body.status).toBe("AUTHORIZATION_VOIDED");
  });

  test("amount 0 cannot be paid with other methods, nor other amounts as dintero.zero", async () => {
    await expect(paid(free, "dintero.zero")).rejects.toThrow("dintero.zero.enabled");
    await expect(paid(zero, "payex.creditcard")).rejects.toThrow("paid as dintero.zero");
    await expect(paid({}, "dintero.zero")).rejects.toThrow("only orders of amount 0");
    const sandbox = createSandbox();
    const methods = async (session: object) =>
      (await page(sandbox, (await createOrder(sandbox, session)).id)("")).body.payment_methods;
    expect(await methods(free)).toEqual([]);
    expect(await methods(zero)).toEqual([{ kind: "zero", payment_product_type: "dintero.zero" }]);
  });

  test("the testing kit pays it with dintero.zero by itself", async () => {
    const sandbox = createSandbox();
    expect((await pay(await createOrder(sandbox, zero))).payment_product_type).toBe("dintero.zero");
  });
});

describe("POST /transactions/{id}/authorization", () => {
  const items = [{ line_id: "1", amount: 40000 }];

  test("klarna.klarna: a new total needs items that add up to it", async () => {
    const { post } = await paid({}, "klarna.klarna");
    const { status, body } = await post("authorization", {
      amount: 40000,
      items,
      reason: "more",
      reference: "a1",
    });
    expect([status, body.amount, body.items, body.status]).toEqual([200, 40000, items, "AUTHORIZED"]);
    expect((await post("authorization", { amount: 50000, reference: "a2" })).status).toBe(400);
    expect((await post("authorization", { amount: 50000, items })).status).toBe(400);
  });

  test("klarna.klarna: an extension needs reason and reference", async () => {
    const { post } = await paid({}, "klarna.klarna");
    expect((await post("authorization", { reason: "late", reference: "a1" })).status).toBe(200);
    expect((await post("authorization", { reason: "late" })).status).toBe(400);
  });

  test("dintero_psp: a pre-authorization gets its amount", async () => {
    const { post } = await paid({}, "dintero_psp.creditcard");
    expect((await post("authorization", { amount: 40000, items })).status).toBe(400);
    const { body } = await post("authorization", { amount: 40000, items, final_authorization: true });
    expect(body.amount).toBe(40000);
  });

  test("dintero.external on hold is authorized", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await createOrder(sandbox);
    const { body } = await page(sandbox, id)("/pay", {
      payment_product_type: "dintero.external",
      outcome: "on_hold",
    });
    const path = `/transactions/${body.transaction_id}/authorization`;
    expect((await call("POST", path)).body.status).toBe("AUTHORIZED");
    expect((await call("POST", path)).status).toBe(409);
  });

  test("other methods, and other statuses, are refused", async () => {
    const { post } = await paid();
    expect((await post("authorization", { amount: 1, items })).status).toBe(400);
    const captured = await paid({}, "klarna.klarna");
    await captured.post("capture", { amount: 1 });
    expect((await captured.post("authorization", { reason: "a", reference: "b" })).status).toBe(409);
  });
});

describe("payment methods", () => {
  test("an unknown payment_product_type is refused with its name", async () => {
    await expect(paid({}, "payex.cheque")).rejects.toThrow('Unknown payment_product_type "payex.cheque"');
  });

  test("a country limits the methods of its currency", async () => {
    const sandbox = createSandbox();
    const billing_address = { country: "DE" };
    const { id } = await createOrder(sandbox, { order: { ...order, currency: "EUR", billing_address } });
    const { payment_methods } = (await page(sandbox, id)("")).body;
    expect(payment_methods.map(({ kind }: Body) => kind)).toEqual([
      "card",
      "klarna",
      "applepay",
      "googlepay",
    ]);
  });

  test("configuration names the methods, and the session shows whether each is payable", async () => {
    const sandbox = createSandbox();
    const configuration = { payex: { creditcard: { enabled: true } }, vipps: { enabled: true } };
    const session = await createOrder(sandbox, { configuration });
    const { payment_methods } = (await page(sandbox, session.id)("")).body;
    const types = payment_methods.map(({ payment_product_type }: Body) => payment_product_type);
    expect(types).toEqual(["payex.creditcard", "vipps"]);
    expect(session.configuration).toMatchObject({
      merchant: { id: "T12345678" },
      payex: { creditcard: { enabled: true, payability: "payable" } },
      vipps: { payability: "payable" },
    });
  });
});
