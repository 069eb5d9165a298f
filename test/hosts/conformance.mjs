// What every host must do, over real HTTP. Each test gets the host's address, its output, and the sandbox behind it.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";

const json = { "content-type": "application/json" };
const alice = { cookie: "shopper=alice" };
export const allowedOrigin = "https://pages.shop.example";
/** The shop's address for Dintero and the shoppers. */
export const publicUrl = "https://shop.example";

/** Sends a request, and keeps every answer so that it can be searched for secrets. */
async function send({ url, seen }, path, { query = {}, ...init } = {}) {
  const address = new URL(path, url);
  for (const [name, value] of Object.entries(query)) address.searchParams.append(name, value);
  const response = await fetch(address, {
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
    ...init,
  });
  const text = await response.text();
  seen.push(text, JSON.stringify([...response.headers]));
  const { status, headers } = response;
  const body = headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
  return { status, headers, body };
}

const checkout = (shop, cart, init = {}) =>
  send(shop, "/api/checkout", {
    method: "POST",
    body: typeof cart === "string" ? cart : JSON.stringify(cart),
    ...init,
    headers: { ...json, ...alice, ...init.headers },
  });

async function newSession(shop, cart = { product: "mug" }) {
  const { status, body } = await checkout(shop, cart);
  assert.equal(status, 200, JSON.stringify(body));
  return shop.sandbox.sessions.get(body.id);
}

/** Dintero's signature, implemented a second time. */
function signature(url, { secret, account, method = "GET", time = Math.floor(Date.now() / 1000) }) {
  const { hostname, pathname, searchParams } = new URL(url);
  searchParams.sort();
  const lines = [time, account, method, hostname, pathname, searchParams].join("\n");
  const hex = createHmac("sha256", secret).update(lines).digest("hex");
  return { "dintero-signature": `t=${time},v0-hmac-sha256=${hex}` };
}

async function callback(shop, parameters, { changed = {}, unsigned = false, ...signing } = {}) {
  const { accountId: account, signatureSecret: secret } = shop.sandbox;
  const { method = "GET" } = signing;
  const address = new URL("/api/checkout/callback", shop.url);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.append(name, value);
  const called = new URL(address.pathname + address.search, publicUrl);
  const headers = unsigned ? {} : signature(called, { secret, account, ...signing });
  for (const [name, value] of Object.entries(changed)) address.searchParams.set(name, value);
  const body = method === "POST" ? JSON.stringify({ id: "forged", status: "AUTHORIZED" }) : undefined;
  return send(shop, address, { method, headers: { ...headers, ...(body && json) }, body });
}

const parametersOf = ({ id, session_id, merchant_reference }) => ({
  transaction_id: id,
  session_id,
  merchant_reference,
  time: new Date().toISOString(),
});

const status = (shop, { id, merchant_reference }, other = {}) =>
  send(shop, "/api/checkout/status", { query: { transaction_id: id, merchant_reference, ...other } });

const paid = ({ merchant_reference }) => new RegExp(`Order ${merchant_reference} is paid`);
const reference = ({ order: { merchant_reference } }) => ({ merchant_reference });

export const tests = {
  async "twenty shoppers at once on a cold start need one token request"(shop) {
    await Promise.all(Array.from({ length: 20 }, () => newSession(shop)));
    assert.equal(shop.tokenRequests(), 1);
  },

  async "a cart as JSON becomes a session at the shop's price"(shop) {
    const answer = await checkout(shop, { product: "shirt", quantity: 2, price: 1, amount: 1 });
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.body).sort(), ["id", "url"]);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(shop.sandbox.sessions.get(answer.body.id).order.amount, 2 * 29990);
  },

  async "a plain form goes on to the checkout with 303"(shop) {
    const form = new URLSearchParams({ product: "mug", quantity: "3" });
    const parts = new FormData();
    for (const [name, value] of form) parts.append(name, value);
    for (const body of [form, parts]) {
      const answer = await send(shop, "/api/checkout", { method: "POST", body, headers: alice });
      assert.equal(answer.status, 303);
      const location = answer.headers.get("location");
      assert.equal(new URL(location).origin, shop.sandboxUrl);
      const session = shop.sandbox.sessions.get(location.split("/").at(-1));
      assert.equal(session.order.amount, 3 * 14900);
    }
  },

  async "the merchant's own refusal reaches the shopper"(shop) {
    for (const cart of [{ product: "yacht" }, {}, null, [], { product: "mug", quantity: 0.5 }]) {
      const answer = await checkout(shop, cart);
      assert.equal(answer.status, 409);
      assert.equal(answer.body.error.message, "We do not sell that.");
    }
    assert.equal((await checkout(shop, "")).status, 409);
  },

  async "a locked session is updated and unlocked"(shop) {
    const { id } = await newSession(shop);
    await fetch(`${shop.sandboxUrl}/_sandbox/sessions/${id}/lock`, { method: "POST" });
    assert.ok(shop.sandbox.sessions.get(id).pay_lock);
    const answer = await checkout(
      shop,
      { product: "mug", quantity: 5 },
      { method: "PUT", query: { session_id: id } },
    );
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.deepEqual(answer.body, { id });
    const session = shop.sandbox.sessions.get(id);
    assert.equal(session.order.amount, 5 * 14900);
    assert.equal(session.pay_lock, undefined);
  },

  async "another shopper's session and ids with a path in them are refused"(shop) {
    const { id } = await newSession(shop);
    const put = (session_id, headers = {}) =>
      checkout(shop, { product: "mug", quantity: 2 }, { method: "PUT", query: { session_id }, headers });
    assert.equal((await put(id, { cookie: "shopper=mallory" })).status, 403);
    assert.equal((await put(id, { cookie: "" })).status, 403);
    for (const wrong of ["..", "../transactions/x", `${id}/cancel`, ""]) {
      assert.equal((await put(wrong)).status, 400, wrong);
    }
    assert.equal(shop.sandbox.sessions.get(id).order.amount, 14900);
  },

  async "requests from pages of allowed origins are accepted, with credentials"(shop) {
    const origin = allowedOrigin;
    const preflight = await send(shop, "/api/checkout", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "sec-fetch-site": "cross-site" },
    });
    assert.equal(preflight.status, 204);
    const answer = await checkout(
      shop,
      { product: "mug" },
      { headers: { origin, "sec-fetch-site": "cross-site" } },
    );
    assert.equal(answer.status, 200);
    for (const { headers } of [preflight, answer]) {
      assert.equal(headers.get("access-control-allow-origin"), origin);
      assert.equal(headers.get("access-control-allow-credentials"), "true");
      assert.match(headers.get("vary"), /\borigin\b/i);
    }
    assert.match(preflight.headers.get("access-control-allow-methods"), /\bPUT\b/);
  },

  async "requests from pages of other origins are refused"(shop) {
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { origin: new URL(shop.url).origin, "sec-fetch-site": "same-site" },
    ]) {
      const answer = await checkout(shop, { product: "mug" }, { headers });
      assert.equal(answer.status, 403, JSON.stringify(headers));
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assert.match(answer.headers.get("vary"), /\borigin\b/i);
    }
    const own = { origin: new URL(shop.url).origin };
    assert.equal((await checkout(shop, { product: "mug" }, { headers: own })).status, 200);
  },

  async "a body of 64 KB is read, one byte more is 413"(shop) {
    const cart = JSON.stringify({ product: "mug" });
    assert.equal((await checkout(shop, cart.padEnd(64 * 1024))).status, 200);
    const answer = await checkout(shop, cart.padEnd(64 * 1024 + 1));
    assert.equal(answer.status, 413);
    assert.equal(answer.body.error.code, "too-large");
    assert.equal((await checkout(shop, { product: "mug" })).status, 200);
  },

  async "a request without a valid cart is refused with a status for its fault"(shop) {
    assert.equal((await checkout(shop, "{")).status, 400);
    assert.equal((await checkout(shop, "{}", { headers: { "content-type": "text/plain" } })).status, 415);
    for (const method of ["GET", "DELETE"]) {
      const answer = await send(shop, "/api/checkout", { method });
      assert.equal(answer.status, 405);
      if (shop.name !== "Next-style route") assert.equal(answer.headers.get("allow"), "POST, PUT, OPTIONS");
    }
    assert.equal((await send(shop, "/api/other")).status, 404);
  },

  async "an order is paid end to end, once, however often Dintero calls back"(shop) {
    const session = await newSession(shop, { product: "shirt", quantity: 2 });
    shop.sandbox.faults.add({ callback: { twice: true }, session: session.id, times: 1 });
    const transaction = await shop.pay(session);
    for (const _ of [1, 2]) assert.equal((await shop.nextCallback(session)).state, "delivered");
    assert.equal((await callback(shop, parametersOf(transaction))).status, 200);
    assert.equal((await shop.printed(paid(reference(session)))).length, 1);
    const answer = await status(shop, transaction);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, {
      status: "paid",
      merchantReference: session.order.merchant_reference,
      transactionId: transaction.id,
      sessionId: session.id,
    });
    assert.equal(answer.headers.get("cache-control"), "no-store");
    // a later order is paid: had the first been paid twice, it would have been printed by now
    const next = await newSession(shop);
    await shop.pay(next);
    await shop.printed(paid(reference(next)));
    assert.equal(shop.lines.filter((line) => paid(reference(session)).test(line)).length, 1);
  },

  async "return_url and callback_url use the configured address, whatever the Host header is"(shop) {
    const { hostname, port } = new URL(shop.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { ...json, ...alice, host: "evil.example" };
      const sent = httpRequest(
        { hostname, port, path: "/api/checkout", method: "POST", headers },
        (answer) => {
          let text = "";
          answer.on("data", (data) => (text += data));
          answer.once("end", () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
        },
      );
      sent.once("error", reject);
      sent.end(JSON.stringify({ product: "mug" }));
    });
    assert.equal(status.status, 200);
    const { url } = shop.sandbox.sessions.get(status.body.id);
    assert.equal(url.return_url, `${publicUrl}/thanks`);
    assert.equal(url.callback_url, `${publicUrl}/api/checkout/callback`);
  },

  async "an order is paid even if it was captured or refunded before the callback came"(shop) {
    for (const steps of [["capture"], ["capture", "refund"]]) {
      const session = await newSession(shop);
      shop.sandbox.faults.add({ callback: { never: true }, session: session.id, times: 1 });
      const transaction = await shop.pay(session);
      for (const step of steps) {
        // Another client of the same account, such as the back office.
        const client = shop.createDinteroClient({
          ...shop.sandbox,
          apiUrl: shop.sandboxUrl,
          checkoutUrl: shop.sandboxUrl,
        });
        await client[`${step}Transaction`](transaction.id, { amount: session.order.amount });
      }
      assert.equal((await callback(shop, parametersOf(transaction))).status, 200);
      await shop.printed(paid(reference(session)));
    }
  },

  async "an order whose transaction could not be fetched is paid when Dintero calls again"(shop) {
    const session = await newSession(shop);
    const remove = shop.sandbox.faults.add({ on: "get-transaction", status: 404, times: 2 });
    await shop.pay(session);
    const delivery = await shop.nextCallback(session);
    remove();
    assert.deepEqual(
      delivery.attempts.map((attempt) => attempt.status),
      [500, 500, 200],
    );
    await shop.printed(paid(reference(session)));
  },

  async "a callback that Dintero did not sign is refused with 401, without a retry"(shop) {
    const session = await newSession(shop);
    shop.sandbox.faults.add({ callback: { never: true }, session: session.id, times: 1 });
    const transaction = await shop.pay(session);
    const parameters = parametersOf(transaction);
    for (const forged of [
      { unsigned: true },
      { secret: "guessed" },
      { account: "T00000001" },
      { changed: { transaction_id: `${transaction.id}x` } },
      { changed: { extra: "1" } },
    ]) {
      assert.equal((await callback(shop, parameters, forged)).status, 401, JSON.stringify(forged));
    }
    assert.equal((await callback(shop, parameters, { method: "POST", unsigned: true })).status, 401);
    assert.equal((await send(shop, "/api/checkout/callback", { method: "DELETE" })).status, 405);
    // a space, a plus and letters of other languages are signed as they were sent
    const odd = { ...parameters, note: "a b+c æøå/?&=" };
    assert.equal((await callback(shop, odd)).status, 200);
    assert.equal((await shop.printed(paid(reference(session)))).length, 1);
  },

  async "a valid signature of another time is answered with 503, so that Dintero tries again"(shop) {
    const session = await newSession(shop);
    shop.sandbox.faults.add({ callback: { never: true }, session: session.id, times: 1 });
    const parameters = parametersOf(await shop.pay(session));
    const now = Math.floor(Date.now() / 1000);
    for (const time of [now - 360, now + 360, 0]) {
      assert.equal((await callback(shop, parameters, { time })).status, 503);
    }
    assert.equal(shop.lines.filter((line) => paid(reference(session)).test(line)).length, 0);
    assert.equal((await callback(shop, parameters, { time: now - 240 })).status, 200);
  },

  async "the body of a callback is not trusted"(shop) {
    const session = await newSession(shop);
    shop.sandbox.faults.add({ callback: { never: true }, session: session.id, times: 1 });
    const transaction = await shop.decline(session);
    const answer = await callback(shop, parametersOf(transaction), { method: "POST" });
    assert.equal(answer.status, 200);
    assert.equal((await status(shop, transaction)).body.status, "failed");
    assert.equal(shop.lines.filter((line) => paid(reference(session)).test(line)).length, 0);
  },

  async "a payment of an amount that the shop never requested pays no order"(shop) {
    const { order, url, profile_id } = await newSession(shop);
    const cheap = { ...order, amount: 100, items: [{ ...order.items[0], amount: 100 }] };
    const made = await fetch(`${shop.sandboxUrl}/_sandbox/sessions`, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ order: cheap, url, profile_id }),
    });
    const session = shop.sandbox.sessions.get((await made.json()).session.id);
    await shop.pay(session);
    assert.equal((await shop.nextCallback(session)).state, "delivered");
    await shop.printed(new RegExp(`Order ${order.merchant_reference}: 100 NOK was never offered`));
    assert.equal(shop.lines.filter((line) => paid(order).test(line)).length, 0);
  },

  async "the status follows the transaction"(shop) {
    const session = await newSession(shop);
    const transaction = await shop.hold(session);
    assert.equal((await shop.nextCallback(session)).state, "delivered");
    assert.equal((await status(shop, transaction)).body.status, "on-hold");
    await shop.release(session, "AUTHORIZED");
    assert.equal((await shop.nextCallback(session)).state, "delivered");
    assert.equal((await status(shop, transaction)).body.status, "paid");
    await shop.printed(paid(reference(session)));
  },

  async "the status of a transaction needs its own reference"(shop) {
    const session = await newSession(shop);
    const transaction = await shop.pay(session);
    await shop.nextCallback(session);
    assert.equal((await send(shop, "/api/checkout/status")).status, 400);
    assert.equal((await status(shop, transaction, { transaction_id: "../x" })).status, 400);
    for (const wrong of [
      { id: "T00000001.abc", merchant_reference: "x" },
      { ...transaction, merchant_reference: "another" },
      { id: `${shop.sandbox.accountId}.${randomUUID()}`, merchant_reference: "x" },
    ]) {
      assert.equal((await status(shop, wrong)).status, 404);
    }
  },

  async "a token that Dintero no longer accepts is renewed once"(shop) {
    const before = shop.tokenRequests();
    await fetch(`${shop.sandboxUrl}/_sandbox/tokens/expire`, { method: "POST" });
    await Promise.all(Array.from({ length: 10 }, () => newSession(shop)));
    assert.equal(shop.tokenRequests() - before, 1);
  },

  async "Dintero's failures are answered with an error of ours"(shop) {
    const remove = shop.sandbox.faults.add({ on: "create-session", fail: "rubbish" });
    const answer = await checkout(shop, { product: "mug" });
    remove();
    assert.equal(answer.status, 502);
    assert.equal(answer.body.error.code, "invalid-answer");
    assert.equal((await checkout(shop, { product: "mug" })).status, 200);
  },

  async "no answer and no printed line contains a secret"(shop) {
    const { clientId, clientSecret, signatureSecret } = shop.sandbox;
    const secrets = [clientSecret, signatureSecret, `${clientId}:${clientSecret}`, ...shop.tokens];
    const text = [...shop.seen, ...shop.lines].join("\n");
    assert.ok(shop.tokens.size >= 2);
    for (const secret of secrets) {
      const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
      for (const form of [secret, base64, encodeURIComponent(secret)]) assert.ok(!text.includes(form));
    }
  },
};
