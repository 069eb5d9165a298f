// What every host shares: three functions from a Request to a Response. They read the body themselves: mount them
// before any body parser, or hand them the raw body.
import {
  createCallbackHandler,
  createDinteroClient,
  createSessionHandler,
  createStatusHandler,
} from "dintero-checkout-element/server";

/** Prices come from the shop, in øre; the browser only sends products and quantities. */
const prices = new Map([
  ["mug", 14900],
  ["shirt", 29990],
]);

/** AUTHORIZED and every status after it: the money may be captured before the callback arrives. */
const paidStatuses = new Set([
  "AUTHORIZED",
  "PARTIALLY_CAPTURED",
  "PARTIALLY_CAPTURED_REFUNDED",
  "CAPTURED",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
]);

/** Stand-in for your database: orders by their merchant reference, with the items of each amount that was offered. */
const orders = new Map();

/** @param {Record<string, string | undefined>} env */
export function checkout(env) {
  const accountId = env.DINTERO_ACCOUNT_ID;
  // Configured, never read from a request: whoever sends one also chooses its Host header.
  const publicUrl = env.PUBLIC_URL;
  /** Fails where a request needs it: builds load this module without any variable. */
  const address = (path) => {
    if (!publicUrl) throw new Error("PUBLIC_URL must be the shop's public origin, like https://shop.example");
    return new URL(path, publicUrl).href;
  };
  const client = createDinteroClient({
    accountId,
    clientId: env.DINTERO_CLIENT_ID,
    clientSecret: env.DINTERO_CLIENT_SECRET,
    // The sandbox's addresses; without them it is Dintero itself.
    apiUrl: env.DINTERO_API_URL,
    checkoutUrl: env.DINTERO_CHECKOUT_URL,
  });
  const session = createSessionHandler({
    client,
    allowedOrigins: env.ALLOWED_ORIGINS?.split(" "),
    async createSession(request) {
      const reference = crypto.randomUUID();
      const order = priced(await cart(request), reference);
      orders.set(reference, { shopper: shopper(request), offers: new Map([[order.amount, order.items]]) });
      return {
        url: {
          return_url: address("/thanks"),
          callback_url: address("/api/checkout/callback"),
        },
        order,
        profile_id: "default",
      };
    },
    async updateSession(request, sessionId) {
      const before = await client.getSession(sessionId);
      const reference = before.order.merchant_reference;
      const mine = shopper(request);
      const known = orders.get(reference);
      if (!mine || known?.shopper !== mine) throw new Response(null, { status: 403 });
      const order = priced(await cart(request), reference);
      // Kept beside the previous amount, which is what is paid if the update does not reach Dintero.
      known.offers.set(order.amount, order.items);
      return { order };
    },
  });

  const callback = createCallbackHandler({
    accountId,
    signatureSecret: env.DINTERO_SIGNATURE_SECRET,
    publicUrl,
    async onCallback({ merchantReference, transactionId }) {
      if (!transactionId) return;
      // A callback is only a reason to read the transaction from Dintero, which decides.
      const { status, amount, currency, merchant_reference } = await client.getTransaction(transactionId);
      const order = orders.get(merchant_reference);
      if (!order || merchant_reference !== merchantReference || !paidStatuses.has(status)) return;
      // Callbacks are delivered at least once: a repeat changes nothing.
      if (order.transactionId) return;
      const items = currency === "NOK" && order.offers.get(amount);
      if (!items)
        return console.error(`Order ${merchant_reference}: ${amount} ${currency} was never offered`);
      Object.assign(order, { transactionId, paid: amount, items });
      console.log(`Order ${merchant_reference} is paid`);
    },
  });

  const status = createStatusHandler({ client, allowedOrigins: env.ALLOWED_ORIGINS?.split(" ") });
  return { session, callback, status };
}

/** The cart as JSON from the element, or from a plain form where scripts are off. */
async function cart(request) {
  if (request.headers.get("content-type")?.startsWith("application/json")) return request.json();
  return Object.fromEntries(await request.formData());
}

function priced({ product, quantity = 1 }, reference) {
  const price = prices.get(product);
  const count = Number(quantity);
  if (!price || !Number.isInteger(count) || count < 1 || count > 99) {
    throw Response.json({ error: { code: "sold-out", message: "We do not sell that." } }, { status: 409 });
  }
  const amount = price * count;
  const item = { id: product, line_id: "1", description: product, quantity: count, amount, vat: 25 };
  return { amount, currency: "NOK", merchant_reference: reference, items: [item] };
}

/** Who is shopping: your login or cart cookie. */
function shopper(request) {
  return /(?:^|; )shopper=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
}
