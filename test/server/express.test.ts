import { describe, expect, test, vi } from "vitest";
import {
  createAddressHandler,
  createDiscountHandler,
  type AddressHandlerOptions,
  type ExpressContext,
  type ExpressOrder,
  type Session,
} from "../../src/server/index.ts";
import { signRequest } from "../../src/dintero/signature.ts";
import { record, watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

const url = "https://shop.example/dintero/address";
const post = { id: "post", line_id: "post", amount: 4900, vat: 25, title: "Post", operator: "" };
const session = {
  ...tShirt,
  id: "T12345678.s",
  order: {
    ...tShirt.order,
    shipping_address: { country: "NO", postal_code: "0155" },
    discount_codes: ["TEN"],
  },
  express: { shipping_options: [post] },
};
const request = (body: unknown = session, init: RequestInit = {}) =>
  new Request(url, { method: "POST", body: JSON.stringify(body), ...init });
const express = {
  chosenOption: undefined,
  amountOf: expect.any(Function) as unknown,
  request: expect.any(Request) as unknown,
};
const onError = (error: unknown) => record(error);
const address = (options: Partial<AddressHandlerOptions> = {}) =>
  watch(createAddressHandler({ shippingOptions: () => [post], onError, ...options }));

async function statusAndBody(response: Response): Promise<unknown> {
  return [response.status, await response.json()];
}

async function signed(t = Date.now() / 1000, secret = signatureSecret): Promise<Request> {
  const timestamp = Math.floor(t);
  const signature = await signRequest(secret, { timestamp, accountId, method: "POST", url });
  return request(session, { headers: { "dintero-signature": signature } });
}

describe("the address handler", () => {
  test("answers with the shipping options for a country and a postal code", async () => {
    const shippingOptions = vi.fn(() => Promise.resolve([post]));
    expect(await statusAndBody(await address({ shippingOptions })(request()))).toEqual([
      200,
      { shipping_options: [post] },
    ]);
    expect(shippingOptions).toHaveBeenCalledExactlyOnceWith(session, express, undefined);
  });

  test("answers with an empty list where the shop does not ship, and with a new order where it has one", async () => {
    expect(await statusAndBody(await address({ shippingOptions: () => [] })(request()))).toEqual([
      200,
      { shipping_options: [] },
    ]);
    const both = { shipping_options: [post], order: { amount: 100, items: [] } };
    const wrong = await address({ shippingOptions: () => both })(request());
    expect(wrong.status).toBe(422);
    const fine = { ...both, order: { amount: 0, items: [] } };
    expect(await statusAndBody(await address({ shippingOptions: () => fine })(request()))).toEqual([
      200,
      fine,
    ]);
  });

  test.each([
    ["amounts that are decimals", [{ ...post, amount: 49.9 }]],
    ["VAT that is a fraction", [{ ...post, vat: 0.25 }]],
    ["a line_id that is used twice", [post, post]],
  ])("fails on %s instead of passing them on", async (_, options) => {
    expect((await address({ shippingOptions: () => options })(request())).status).toBe(422);
  });

  test("answers with an error when the shop fails or returns nothing", async () => {
    const failing = address({ shippingOptions: () => Promise.reject(new Error("no carrier")) });
    expect(await statusAndBody(await failing(request()))).toEqual([500, { error: { code: "internal" } }]);
    expect((await address({ shippingOptions: () => undefined as never })(request())).status).toBe(500);
  });

  test("can be answered by the shop itself", async () => {
    const own = () => {
      throw Response.json({ shipping_options: [] });
    };
    expect(await statusAndBody(await address({ shippingOptions: own })(request()))).toEqual([
      200,
      { shipping_options: [] },
    ]);
  });

  test("answers with an error within Dintero's 60 s when the shop is too slow", async () => {
    vi.useFakeTimers();
    try {
      let called = false;
      const slow = () => {
        called = true;
        return new Promise<never>(() => {});
      };
      const answer = address({ shippingOptions: slow })(request());
      await vi.waitUntil(() => called, { timeout: 15_000 });
      await vi.advanceTimersByTimeAsync(55_000);
      expect((await answer).status).toBe(504);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(["", "rubbish", "null", "5", "[]", "{}"])("refuses the body %j: 400", async (body) => {
    expect((await address()(new Request(url, { method: "POST", body }))).status).toBe(400);
  });

  test("refuses a body of more than 1 MB: 413", async () => {
    expect((await address()(request({ ...session, x: "x".repeat(1_100_000) }))).status).toBe(413);
  });

  test.each(["GET", "PUT"])("refuses %s: 405", async (method) => {
    const response = await address()(new Request(url, { method }));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("with a signature secret", () => {
  const secured = { accountId, signatureSecret };

  test("a signed request is answered; an unsigned, invalid or stale one is refused without calling shippingOptions()", async () => {
    const shippingOptions = vi.fn(() => [post]);
    const handler = address({ shippingOptions, ...secured });
    expect((await handler(await signed())).status).toBe(200);
    expect(await statusAndBody(await handler(request()))).toEqual([
      401,
      { error: { code: "missing-signature" } },
    ]);
    expect(await statusAndBody(await handler(await signed(undefined, "false")))).toEqual([
      401,
      { error: { code: "invalid-signature" } },
    ]);
    expect(await statusAndBody(await handler(await signed(Date.now() / 1000 - 400)))).toEqual([
      503,
      { error: { code: "stale-signature" } },
    ]);
    expect(shippingOptions).toHaveBeenCalledOnce();
  });

  test("the public address is verified", async () => {
    const inner = new Request("http://10.0.0.1/dintero/address", {
      method: "POST",
      body: JSON.stringify(session),
      headers: (await signed()).headers,
    });
    expect((await address({ ...secured, publicUrl: "https://shop.example" })(inner)).status).toBe(200);
  });

  test.each<[string, Partial<AddressHandlerOptions>]>([
    ["signatureSecret", { accountId, signatureSecret: "" }],
    ["signatureSecret", { accountId, signatureSecret: undefined as never }],
    ["signatureSecret", { accountId, signatureSecret: [] }],
    ["accountId", { signatureSecret }],
  ])(
    "that is missing (%s), every request is refused, and shippingOptions() is not called",
    async (name, options) => {
      const shippingOptions = vi.fn(() => [post]);
      const errors: unknown[] = [];
      const handler = address({ shippingOptions, onError: (error) => errors.push(error), ...options });
      for (const one of [request(), await signed()]) expect((await handler(one)).status).toBe(500);
      expect(shippingOptions).not.toHaveBeenCalled();
      const message = expect.stringMatching(`^${name} must be given`) as string;
      expect(errors).toMatchObject(Array(2).fill({ code: "invalid-options", message }));
    },
  );
});

describe("the discount handler", () => {
  const order = {
    amount: 26991,
    items: [
      { ...tShirt.order.items![0]!, amount: 26991, discount_lines: [{ amount: 2999, percentage: 10 }] },
    ],
  };

  test("answers with the reduced order and keeps the session's shipping options", async () => {
    const discounts = vi.fn(() => ({ order }));
    const handler = watch(createDiscountHandler({ discounts, onError }));
    expect(await statusAndBody(await handler(request()))).toEqual([200, { shipping_options: [post], order }]);
    expect(discounts).toHaveBeenCalledExactlyOnceWith(session, express, undefined);
  });

  test("answers with other shipping options where the shop returns them", async () => {
    const handler = watch(
      createDiscountHandler({ discounts: () => ({ order, shipping_options: [] }), onError }),
    );
    expect(await statusAndBody(await handler(request()))).toEqual([200, { shipping_options: [], order }]);
  });

  test("fails on an order that does not add up", async () => {
    const wrong = () => ({ order: { ...order, amount: 29990 } });
    expect((await createDiscountHandler({ discounts: wrong, onError })(request())).status).toBe(422);
  });
});

describe("the order in an answer follows the shipping option that is chosen in the request", () => {
  const item = { id: "shirt", line_id: "1", description: "Shirt", quantity: 1, amount: 10_000 };
  const chosen = { ...post, amount: 10_000 };
  /** A session as Dintero posts it, with items of 10000 and optional shipping of 10000. */
  const posted = (shipping_option?: typeof chosen, more: object = {}) => ({
    id: "T12345678.s",
    order: {
      amount: shipping_option ? 20_000 : 10_000,
      currency: "NOK",
      merchant_reference: "order-001",
      items: [item],
      ...(shipping_option && { shipping_option }),
      ...more,
    },
  });
  const errors: unknown[] = [];
  const collect = (error: unknown) => {
    record(error);
    errors.push(error);
  };
  const answerTo = async (body: unknown, order: ExpressOrder, options = [chosen]) => {
    errors.length = 0;
    const shippingOptions = () => ({ shipping_options: options, order });
    return statusAndBody(await address({ shippingOptions, onError: collect })(request(body)));
  };
  const refused = (message: string) => [{ code: "invalid-session", message }];

  test.each([
    ["the first address", posted(), chosen, 10_000],
    ["an option chosen before", posted(chosen), chosen, 20_000],
    ["a chosen option that costs more now", posted(chosen), { ...chosen, amount: 15_000 }, 20_000],
  ])("with %s, as Dintero's examples have it", async (_, body, offered, amount) => {
    const order = { amount, items: [item] };
    expect(await answerTo(body, order, [offered])).toEqual([200, { shipping_options: [offered], order }]);
    // The items of the request count where the answer has none.
    expect(((await answerTo(body, { amount }, [offered])) as [number])[0]).toBe(200);
  });

  test("an amount without the chosen option is refused: the merchant would lose the shipping", async () => {
    expect(await answerTo(posted(chosen), { amount: 10_000, items: [item] })).toEqual([
      422,
      { error: { code: "invalid-session" } },
    ]);
    expect(errors).toMatchObject(
      refused("order.amount must be 20000: 10000 of the items, 10000 of the chosen shipping option"),
    );
  });

  test("an amount with an option that is only offered is refused: the shopper would pay it twice", async () => {
    expect(await answerTo(posted(), { amount: 20_000, items: [item] })).toEqual([
      422,
      { error: { code: "invalid-session" } },
    ]);
    expect(errors).toMatchObject(
      refused("order.amount must be 10000: 10000 of the items, no shipping option is chosen"),
    );
    await answerTo(posted(chosen), { amount: 25_000, items: [item] }, [{ ...chosen, amount: 15_000 }]);
    expect(errors).toMatchObject([{ code: "invalid-session" }]);
  });

  test("an order without an amount is refused", async () => {
    await answerTo(posted(chosen), { items: [item] } as never);
    expect(errors).toMatchObject([{ message: "order.amount is required" }]);
  });

  test.each([{ partial_payment: true }, { gift_cards: [{ card: "x" }] }])(
    "an order that is partly paid by other means is not summed: %j",
    async (more) => {
      expect(((await answerTo(posted(chosen, more), { amount: 500, items: [item] })) as [number])[0]).toBe(
        200,
      );
    },
  );

  test("the handlers pass the chosen option to the callback, and include it in the sum", async () => {
    const shippingOptions = vi.fn((_session: Session, { chosenOption, amountOf }: ExpressContext) => ({
      shipping_options: chosenOption ? [chosenOption] : [],
      order: { amount: amountOf([item, item]), items: [item, { ...item, line_id: "2" }] },
    }));
    expect(
      await statusAndBody(await address({ shippingOptions, onError: collect })(request(posted(chosen)))),
    ).toMatchObject([200, { shipping_options: [chosen], order: { amount: 30_000 } }]);
    expect(
      await statusAndBody(await address({ shippingOptions, onError: collect })(request(posted()))),
    ).toMatchObject([200, { shipping_options: [], order: { amount: 20_000 } }]);
  });

  test("a discount reduces the item, and the chosen shipping stays in the sum", async () => {
    const reduced = { ...item, amount: 8_000, discount_lines: [{ amount: 2_000, percentage: 20 }] };
    const answer = async (order: ExpressOrder) => {
      errors.length = 0;
      const handler = createDiscountHandler({ discounts: () => ({ order }), onError: collect });
      return (await handler(request({ ...posted(chosen), express: { shipping_options: [chosen] } }))).status;
    };
    expect(await answer({ amount: 18_000, items: [reduced] })).toBe(200);
    expect(await answer({ amount: 8_000, items: [reduced] })).toBe(422);
    expect(errors).toMatchObject([
      { message: expect.stringContaining("order.amount must be 18000") as string },
    ]);
    expect(await answer({ amount: 20_000 })).toBe(422);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^order\.items must be given/) as string },
    ]);
  });
});
