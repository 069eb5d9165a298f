// One of the shop's processes: its state is in Redis, shared with the others.
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createClient } from "redis";
import {
  createCallbackHandler,
  createDinteroClient,
  createSessionHandler,
  createStatusHandler,
} from "../../dist/server.js";

const { env } = process;
const publicUrl = env.PUBLIC_URL;
const accountId = env.DINTERO_ACCOUNT_ID;
const redis = await createClient({ socket: { path: env.REDIS_SOCKET } }).connect();

const client = createDinteroClient({
  accountId,
  clientId: env.DINTERO_CLIENT_ID,
  clientSecret: env.DINTERO_CLIENT_SECRET,
  apiUrl: env.DINTERO_API_URL,
  checkoutUrl: env.DINTERO_CHECKOUT_URL,
  // a busy machine is not a failure
  timeout: 30_000,
  tokenStore: {
    get: (key) => redis.get(key),
    set: (key, value, ttlSeconds) => redis.setEx(key, ttlSeconds, value),
  },
});

// In one step, since the process may be killed before the next: the order is paid and its parcel goes on the list, or
// another callback has already done both.
const payOnce = `if redis.call("HSETNX", "paid", ARGV[1], ARGV[2]) == 1 then redis.call("RPUSH", "parcels", ARGV[1]) end`;

const handlers = {
  "/api/checkout": createSessionHandler({
    client,
    allowedOrigins: [publicUrl],
    async createSession(request) {
      const { order } = await request.json();
      return {
        url: { return_url: `${publicUrl}/thanks`, callback_url: `${publicUrl}/api/checkout/callback` },
        order: { amount: 14900, currency: "NOK", merchant_reference: order },
        profile_id: "default",
      };
    },
  }),
  "/api/checkout/callback": createCallbackHandler({
    accountId,
    signatureSecret: env.DINTERO_SIGNATURE_SECRET,
    publicUrl,
    async onCallback({ transactionId, merchantReference }) {
      console.log(`Requesting the transaction of ${merchantReference}`);
      const { status, merchant_reference } = await client.getTransaction(transactionId);
      if (!/^(AUTHORIZED|CAPTURED|PARTIALLY_.*|REFUNDED)$/.test(status)) return;
      await redis.eval(payOnce, { arguments: [merchant_reference, transactionId] });
    },
    onError() {},
  }),
  "/api/checkout/status": createStatusHandler({ client }),
};

const listener = getRequestListener((request) => {
  const handler = handlers[new URL(request.url).pathname];
  return handler ? handler(request) : new Response("Not found", { status: 404 });
});
const server = createServer(listener).listen(0, "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
