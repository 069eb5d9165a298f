import { describe, expect, test } from "vitest";
import {
  cancel,
  createOrder,
  createSandbox,
  decline,
  hold,
  nextCallback,
  pay,
  release,
} from "../../src/sandbox/index.ts";
import { merchant, order, page, session, type Body } from "./merchant.ts";

const namesOf = (events: readonly { readonly name: string }[]) => events.map(({ name }) => name);

/** A sandbox whose callbacks are answered with 200, and the urls called. */
function open(callback = "https://shop.example/callback") {
  const called: URL[] = [];
  let now = Date.parse("2026-01-01T12:00:00Z");
  const sandbox = createSandbox({
    now: () => now,
    fetch: async (url) => {
      called.push(new URL(url as string));
      return new Response();
    },
  });
  const url = { return_url: "https://shop.example/", callback_url: callback };
  return { sandbox, called, url, pass: (ms: number) => void (now += ms) };
}

describe("events of a session", () => {
  test("carry name, id, created_at and details, and no field event", async () => {
    const { sandbox } = open();
    const created = await createOrder(sandbox);
    expect(created.events).toEqual([
      {
        name: "INITIATED",
        id: expect.any(String),
        created_at: "2026-01-01T12:00:00.000Z",
        details: { amount: 29990 },
      },
    ]);
  });

  test("paying: INITIATED, VISITED, AUTHORIZED, COMPLETED, AUTH_CALLBACK_SENT", async () => {
    const { sandbox, url } = open();
    const { id } = await createOrder(sandbox, { url });
    const shopper = page(sandbox, id);
    await shopper("");
    await shopper("");
    await shopper("/pay", { payment_product_type: "vipps", outcome: "authorized" });
    const { events } = sandbox.sessions.get(id)!;
    expect(namesOf(events)).toEqual([
      "INITIATED",
      "VISITED",
      "AUTHORIZED",
      "COMPLETED",
      "AUTH_CALLBACK_SENT",
    ]);
    expect(events[2]?.details).toEqual({ payment_product_type: "vipps", amount: 29990 });
  });

  test("a hold has ON_HOLD_CALLBACK_SENT, its release AUTH_CALLBACK_SENT", async () => {
    const { sandbox, url } = open();
    const created = await createOrder(sandbox, { url });
    await hold(created);
    await release(created, "AUTHORIZED");
    expect(namesOf(sandbox.sessions.get(created.id)!.events)).toEqual([
      "INITIATED",
      "ON_HOLD_CALLBACK_SENT",
      "AUTH_CALLBACK_SENT",
    ]);
  });

  test.each([
    ["DECLINED", decline],
    ["CANCELLED", cancel],
  ])("%s", async (name, end) => {
    const { sandbox } = open();
    const created = await createOrder(sandbox);
    await end(created);
    expect(namesOf(sandbox.sessions.get(created.id)!.events)).toEqual(["INITIATED", name]);
  });

  test("PAY_FAILED and FAILED where the customer did not authorize", async () => {
    const { sandbox } = open();
    const { id } = await createOrder(sandbox);
    await page(sandbox, id)("/pay", { payment_product_type: "vipps", outcome: "unauthorized" });
    expect(namesOf(sandbox.sessions.get(id)!.events)).toEqual(["INITIATED", "PAY_FAILED", "FAILED"]);
  });

  test("express: SET_SHIPPING_ADDRESS, SET_BILLING_ADDRESS, SET_SHIPPING_OPTION, SET_DISCOUNT_CODES with what was set", async () => {
    const { sandbox } = open();
    const option = { id: "a", line_id: "a", title: "A", amount: 100, operator: "" };
    const { id } = await createOrder(sandbox, {
      express: { shipping_options: [option], discount_codes: {} },
      configuration: { discounts: { express_discount_codes: { enabled: true } } },
    });
    const shopper = page(sandbox, id);
    await shopper("/address", { address: { country: "NO" } });
    await shopper("/shipping-option", { line_id: "a" });
    await shopper("/discount", { codes: ["A"] });
    const { events } = sandbox.sessions.get(id)!;
    expect(namesOf(events).slice(1)).toEqual([
      "SET_SHIPPING_ADDRESS",
      "SET_BILLING_ADDRESS",
      "SET_SHIPPING_OPTION",
      "SET_DISCOUNT_CODES",
    ]);
    expect(events[1]?.details).toEqual({ shipping_address: { country: "NO" } });
    expect(events[3]?.details).toEqual({ shipping_option: option });
  });

  test("UPDATE_SESSION has the order before and after", async () => {
    const { sandbox } = open();
    const call = await merchant(sandbox);
    const { id } = await createOrder(sandbox);
    const path = `/sessions/${id}?update_without_lock=true`;
    const { body } = await call("PUT", path, { order: { merchant_reference_2: "x" } });
    const { name, details } = body.events.at(-1);
    expect(name).toBe("UPDATE_SESSION");
    expect([details.previous_order.merchant_reference_2, details.updated_order.merchant_reference_2]).toEqual(
      [undefined, "x"],
    );
  });
});

describe("a session as read", () => {
  test("has the profile in metadata, the merchant, and its last visitor", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await createOrder(sandbox, { metadata: { ext_a: "1" } });
    await sandbox.fetch(`https://sandbox.test/_sandbox/page/sessions/${id}`, {
      headers: { "User-Agent": "Lynx" },
    });
    expect((await call("GET", `/sessions/${id}`)).body).toMatchObject({
      metadata: { ext_a: "1", "session:profile_id": "default" },
      configuration: { merchant: { id: "T12345678", country: "NO" } },
      user_agent: "Lynx",
      customer_ip: expect.any(String),
    });
  });

  test("a cancelled one has the time and who cancelled it", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const { id } = await createOrder(sandbox);
    const { body } = await call("POST", `/sessions/${id}/cancel`, null);
    expect([body.cancelled_by, Date.parse(body.cancelled_at)]).toEqual([
      sandbox.clientId,
      expect.any(Number),
    ]);
  });
});

describe("creating a session", () => {
  test("only the documented fields are required: items may have none at all", async () => {
    const call = await merchant(createSandbox());
    const items = [{}, { description: "A line without ids", amount: 29990 }];
    const strict = { "Dintero-Feature-Toggles": "strict-session-amounts" };
    const body = { ...session, order: { ...order, items } };
    expect((await call("POST", "/sessions-profile", body, strict)).status).toBe(200);
    const without = { ...order, items: undefined };
    expect((await call("POST", "/sessions-profile", { ...session, order: without }, strict)).status).toBe(
      200,
    );
  });

  test("undocumented fields are accepted and kept", async () => {
    const call = await merchant(createSandbox());
    const shipping_option = {
      ...{ id: "a", line_id: "a", title: "A", amount: 0, operator: "" },
      ...{ quantity: 1, type: "shipping" },
    };
    const body = { ...session, order: { ...order, shipping_option } };
    const created = await call("POST", "/sessions-profile?include_session=true", body);
    expect(created.body.session.order.shipping_option).toEqual(shipping_option);
  });

  test("POST /sessions takes configuration in place of a profile", async () => {
    const call = await merchant(createSandbox());
    const withoutProfile = { ...session, profile_id: undefined };
    const configuration = { payex: { creditcard: { enabled: true } } };
    const created = await call("POST", "/sessions?include_session=true", {
      ...withoutProfile,
      configuration,
    });
    expect([created.status, created.body.session.metadata]).toEqual([200, {}]);
    const refused = await call("POST", "/sessions", withoutProfile);
    expect(refused.body.error.errors).toMatchObject([{ path: "configuration" }]);
  });

  test("decimals in amounts are refused: what Dintero does with them is not documented", async () => {
    const call = await merchant(createSandbox());
    const items = [{ ...order.items[0], vat_amount: 980.0000000000001 }];
    const { status, body } = await call("POST", "/sessions-profile", {
      ...session,
      order: { ...order, items },
    });
    expect(status).toBe(400);
    expect(body.error.errors[0]).toMatchObject({
      path: "order.items[0].vat_amount",
      message: expect.stringContaining("must be an integer in minor units"),
    });
  });
});

describe("results", () => {
  test("the callback's time is when the transaction was created, in later event callbacks too", async () => {
    const { sandbox, called, url, pass } = open("https://shop.example/callback?report_event=CAPTURE");
    const call = await merchant(sandbox);
    const created = await createOrder(sandbox, { url });
    const { id, created_at } = await pay(created);
    await nextCallback(created);
    pass(60_000);
    await call("POST", `/transactions/${id}/capture`, { amount: 100 });
    await nextCallback(created);
    expect(called.map(({ searchParams }) => searchParams.get("time"))).toEqual([created_at, created_at]);
  });

  test("channel in_app: return_url may be an app's, and session_id is added to it", async () => {
    const sandbox = createSandbox();
    const created = await createOrder(sandbox, {
      url: { return_url: "myshop://thanks" },
      configuration: { channel: "in_app" },
    });
    const { body } = await page(sandbox, created.id)("/pay", {
      payment_product_type: "vipps",
      outcome: "authorized",
    });
    const href = new URL((body as Body).href as string);
    expect([href.protocol, href.searchParams.get("session_id")]).toEqual(["myshop:", created.id]);
  });
});
