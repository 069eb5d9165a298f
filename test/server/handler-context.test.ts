import { describe, expect, test } from "vitest";
import {
  createAddressHandler,
  createCallbackHandler,
  createDiscountHandler,
  createSessionHandler,
  createStatusHandler,
  type SessionHandlerOptions,
} from "../../src/server/index.ts";
import { signRequest } from "../../src/dintero/signature.ts";
import { tShirt } from "./support/order.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

/** A framework's request, with something of its own. */
class FrameworkRequest extends Request {
  readonly cookies = new Map([["shopper", "alice"]]);
}

const url = `https://shop.example/api/checkout?session_id=${accountId}.a`;
const json = { "content-type": "application/json" };
const created = { id: `${accountId}.a`, url: `https://checkout.dintero.com/v1/view/${accountId}.a` };
const client: SessionHandlerOptions["client"] = {
  testMode: false,
  createSession: () => Promise.resolve(created),
  updateSession: () => Promise.resolve({ ...tShirt, id: created.id }),
};
const context = { waitUntil: () => {}, params: { store: "oslo" } };
type Context = typeof context;

describe("the callbacks get the framework's own request, whose body can be read, and the context last", () => {
  const requestOf = (method: string, body = '{"cart":[1]}', headers: Record<string, string> = json) =>
    new FrameworkRequest(url, { method, body, headers });

  test("createSession and updateSession", async () => {
    const seen: unknown[] = [];
    const handler = createSessionHandler<FrameworkRequest, Context>({
      client,
      async createSession(request, own) {
        seen.push(request, own, request.cookies.get("shopper"), await request.json());
        return tShirt;
      },
      async updateSession(request, sessionId, own) {
        seen.push(request, sessionId, own, await request.json());
        return { order: tShirt.order };
      },
    });
    const [post, put] = [requestOf("POST"), requestOf("PUT")];
    expect((await handler(post, context)).status).toBe(200);
    expect((await handler(put, context)).status).toBe(200);
    const cart = { cart: [1] };
    const expected = [post, context, "alice", cart, put, `${accountId}.a`, context, cart];
    expect(seen.map((one, index) => one === expected[index] || JSON.stringify(one))).toEqual(
      expected.map((one) => (one === cart ? JSON.stringify(cart) : true)),
    );
  });

  test.each(["", "null"])("also where the payload is empty (%j), which can be read as JSON", async (body) => {
    const request = requestOf("POST", body);
    let payload: unknown;
    const handler = createSessionHandler({
      client,
      async createSession(own) {
        expect(own).toBe(request);
        payload = await own.json();
        return tShirt;
      },
    });
    expect((await handler(request)).status).toBe(200);
    expect(payload).toEqual({});
  });

  test("onCallback and publicUrl", async () => {
    const seen: unknown[] = [];
    const handler = createCallbackHandler<FrameworkRequest, Context>({
      accountId,
      signatureSecret,
      publicUrl(request, own) {
        seen.push(request, own);
        return request.url;
      },
      async onCallback({ sessionId }, request, own) {
        expect(sessionId).toBe(`${accountId}.a`);
        expect(await request.json()).toEqual({ cart: [1] });
        seen.push(request, own);
      },
    });
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = await signRequest(signatureSecret, { timestamp, accountId, method: "POST", url });
    const request = requestOf("POST", undefined, { "dintero-signature": signature });
    expect((await handler(request, context)).status).toBe(200);
    expect(seen.map((one, index) => one === (index % 2 ? context : request))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("shippingOptions and discounts", async () => {
    const seen: unknown[] = [];
    const body = JSON.stringify(tShirt);
    const note = (own: Context, request: Request) => void seen.push(own === context, request);
    const shipping = createAddressHandler<FrameworkRequest, Context>({
      shippingOptions(_session, express, own) {
        note(own, express.request);
        return [];
      },
    });
    const discount = createDiscountHandler<FrameworkRequest, Context>({
      discounts(_session, express, own) {
        note(own, express.request);
        return {};
      },
    });
    const requests = [requestOf("POST", body), requestOf("POST", body)] as const;
    expect((await shipping(requests[0], context)).status).toBe(200);
    expect((await discount(requests[1], context)).status).toBe(200);
    expect(seen).toEqual([true, requests[0], true, requests[1]]);
  });

  test("onError of each handler", async () => {
    const seen: boolean[] = [];
    const request = new FrameworkRequest(url, { method: "DELETE" });
    const onError = (_error: unknown, own: Request, last: unknown) =>
      void seen.push(own === request && last === context);
    const status = { accountId, testMode: false, getTransaction: () => Promise.reject(new Error()) };
    const handlers = [
      createSessionHandler({ client, createSession: () => tShirt, onError }),
      createStatusHandler({ client: status, onError }),
      createCallbackHandler({ accountId, signatureSecret, onCallback() {}, onError }),
      createAddressHandler({ shippingOptions: () => [], onError }),
      createDiscountHandler({ discounts: () => ({}), onError }),
    ];
    for (const handler of handlers) expect((await handler(request, context)).status).toBe(405);
    expect(seen).toEqual(Array(5).fill(true));
  });
});
