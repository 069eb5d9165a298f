import { describe, expect, test } from "vitest";
import {
  createAddressHandler,
  createCallbackHandler,
  createSessionHandler,
  createStatusHandler,
  type Handler,
} from "../../src/server/index.ts";
import { watch } from "./support/leaks.ts";
import { tShirt } from "./support/order.ts";
import { accountId, signatureSecret } from "./support/upstream.ts";

const url = "http://127.0.0.1:3001/api/checkout";
const json = { "content-type": "application/json" };
const created = { id: `${accountId}.a`, url: `https://checkout.dintero.com/v1/view/${accountId}.a` };
const client = {
  accountId,
  // In test mode too, the words are for onError.
  testMode: true,
  createSession: () => Promise.resolve(created),
  updateSession: () => Promise.resolve({ ...tShirt, id: created.id }),
  getTransaction: (id: string) =>
    Promise.resolve({ id, status: "AUTHORIZED", merchant_reference: "mine" } as never),
};

type OnError = (error: unknown) => void;
const session = (onError: OnError) =>
  createSessionHandler({
    client,
    createSession: () => tShirt,
    updateSession: () => ({ order: tShirt.order }),
    onError,
  });
const status = (onError: OnError) => createStatusHandler({ client, onError });
const callback = (onError: OnError) =>
  createCallbackHandler({ accountId, signatureSecret, onCallback() {}, onError });
const address = (onError: OnError) => createAddressHandler({ shippingOptions: () => [], onError });

const post = (headers: Record<string, string>, body = "{}") => ({ method: "POST", headers, body });
const phone = { ...json, origin: "http://192.168.1.20:5173" };

describe("a refusal says nothing to the caller but its code, and everything to onError", () => {
  test.each<[string, (onError: OnError) => Handler, string, RequestInit, number, string]>([
    [
      "another origin",
      session,
      "",
      post(phone),
      403,
      'origin is http://192.168.1.20:5173, and this server sees itself as http://127.0.0.1:3001: if the page is yours, add "http://192.168.1.20:5173" to allowedOrigins',
    ],
    ["a file's page", session, "", post({ ...json, origin: "null" }), 403, "serve it over http"],
    [
      "an origin without its name",
      session,
      "",
      post({ ...json, "sec-fetch-site": "cross-site" }),
      403,
      "Sec-Fetch-Site",
    ],
    [
      "a preflight of another origin",
      session,
      "",
      { method: "OPTIONS", headers: phone },
      403,
      "allowedOrigins",
    ],
    ["another method", session, "", {}, 405, "it takes POST, PUT"],
    ["too large a body", session, "", post(json, JSON.stringify("x".repeat(70_000))), 413, "64 KB"],
    [
      "another type",
      session,
      "",
      post({ "content-type": "text/plain" }),
      415,
      'its Content-Type is "text/plain"',
    ],
    ["broken JSON", session, "", post(json, "{"), 400, "its body is not the JSON"],
    ["an id that is none", session, "?session_id=..", { ...post(json), method: "PUT" }, 400, "session_id"],
    ["another origin", status, "", { headers: phone }, 403, "allowedOrigins"],
    ["another method", status, "", { method: "POST" }, 405, "it takes GET"],
    ["no transaction", status, "", {}, 400, "transaction_id is missing"],
    ["no reference", status, `?transaction_id=${accountId}.t`, {}, 400, "merchant_reference is missing"],
    [
      "another account",
      status,
      "?transaction_id=T00000000.t&merchant_reference=mine",
      {},
      404,
      `of the account ${accountId}`,
    ],
    [
      "another order",
      status,
      `?transaction_id=${accountId}.t&merchant_reference=yours`,
      {},
      404,
      "merchant_reference",
    ],
    ["another method", callback, "", { method: "PUT" }, 405, "it takes GET, POST"],
    ["another method", address, "", {}, 405, "it takes POST"],
    ["too large a body", address, "", post(json, JSON.stringify("x".repeat(1_100_000))), 413, "1 MB"],
    ["no session", address, "", post(json), 400, "not a session"],
  ])("%s", async (_, make, query, init, expected, reason) => {
    const errors: unknown[] = [];
    const handler = watch(make((error) => errors.push(error)));
    const response = await handler(new Request(url + query, init));
    const { error, ...rest } = (await response.json()) as { error: object };
    expect([response.status, rest, Object.keys(error)]).toEqual([expected, {}, ["code"]]);
    const { method = "GET" } = init;
    const message = expect.stringContaining(
      `${method} /api/checkout was refused with ${expected}: `,
    ) as string;
    expect(errors).toMatchObject([
      { name: "DinteroError", code: "request-refused", status: expected, message },
    ]);
    expect((errors[0] as Error).message).toContain(reason);
  });
});
