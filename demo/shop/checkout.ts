import type { CreatedSession } from "dintero-checkout-element/server";
import { toDinteroOrder, type Line } from "./catalogue.ts";
import { isRefusal } from "./errors.ts";
import { currency } from "./money.ts";
import type { NewOrder, Order, OrderSession } from "./order.ts";
import { look, settle } from "./settlement.ts";
import type { Shop } from "./shop.ts";

/** How long a session can be paid, in ms. */
const lifetime = 2 * 60 * 60 * 1000;
/** A session that ends sooner than this, in ms, is not shown again. */
const leastLeft = 60 * 1000;

/** More sessions in ten minutes than a person who changes the cart needs. */
const sessionLimit = { count: 30, within: 10 * 60 * 1000 };

/** Why there is nothing to pay; the message is for the shopper. */
export class NothingToPay extends Error {
  readonly code;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The session in which the shopper's cart is paid: the existing one while the cart is unchanged and the session can
 * still be paid, else a new one. Two tabs that request one at the same time share it.
 */
export function checkoutSession(
  shop: Shop,
  shopper: string | undefined,
  flow: NewOrder["flow"],
): Promise<CreatedSession> {
  const { pendingSessions } = shop;
  const key = JSON.stringify([shopper, flow, shop.carts.lines(shopper)]);
  const pending =
    pendingSessions.get(key) ??
    findOrMakeSession(shop, shopper, flow).finally(() => pendingSessions.delete(key));
  pendingSessions.set(key, pending);
  return pending;
}

async function findOrMakeSession(
  shop: Shop,
  shopper: string | undefined,
  flow: NewOrder["flow"],
): Promise<CreatedSession> {
  if (!shopper) throw nothingToPay(undefined);
  const previous = shop.carts.orderId(shopper);
  // It may have been paid in another tab.
  if (previous) await look(shop, previous);
  const order = findOrMakeOrder(shop, shopper, flow);
  if ("outdated" in order) {
    await cancelOrder(shop, order.outdated, "The cart was changed.");
    return findOrMakeSession(shop, shopper, flow);
  }
  const usable = usableSession(shop, order);
  if (usable) return usable;
  if (shop.orders.countSessions(shopper, shop.now() - sessionLimit.within) >= sessionLimit.count)
    throw new NothingToPay("too-many-sessions", "Too many attempts. Try again in a few minutes.");
  return makeSession(shop, order);
}

/** The open order of the cart as it is. Of two simultaneous requests, one creates it and the other finds it. */
function findOrMakeOrder(
  { database, carts, orders }: Shop,
  shopper: string,
  flow: NewOrder["flow"],
): Order | { outdated: string } {
  return database.transaction(() => {
    const lines = carts.lines(shopper);
    if (lines.length === 0) throw nothingToPay(orders.list(shopper)[0]);
    const order = orders.find(carts.orderId(shopper) ?? "");
    if (order?.status === "open") {
      return fingerprint(order) === fingerprint({ flow, lines }) ? order : { outdated: order.id };
    }
    const made = orders.add({ shopper, flow, lines, currency });
    carts.setOrderId(shopper, made.id);
    return made;
  });
}

function nothingToPay(last: Order | undefined): NothingToPay {
  if (last?.status === "paid") {
    return new NothingToPay("already-paid", `Nothing left to pay: ${last.id} is paid.`);
  }
  if (last?.status === "on-hold") {
    const message = `Nothing to pay now: the payment of ${last.id} is still being checked.`;
    return new NothingToPay("on-hold", message);
  }
  return new NothingToPay("cart-empty", "Your cart is empty.");
}

/** Carts with the same key are the same order. */
function fingerprint({ flow, lines }: { flow: string; lines: readonly Line[] }): string {
  return JSON.stringify([flow, lines.map((line) => [line.id, line.quantity, line.amount])]);
}

function usableSession(shop: Shop, order: Order): OrderSession | undefined {
  const { return_url: returnUrl } = addresses(shop, order.id);
  return order.sessions.find(
    (session) =>
      session.state === "open" &&
      // After a restart on another port the old session would send the shopper to the old address.
      session.returnUrl === returnUrl &&
      Date.parse(session.expiresAt) - shop.now() > leastLeft,
  );
}

async function makeSession(shop: Shop, order: Order): Promise<CreatedSession> {
  const expiresAt = new Date(shop.now() + lifetime).toISOString();
  const url = addresses(shop, order.id);
  const made = await shop.client.createSession({
    url,
    ...(order.flow === "express" && expressParts(shop.origin)),
    order: toDinteroOrder(order),
    profile_id: shop.settings.profileId,
    expires_at: expiresAt,
  });
  // Another process may have been first, and the order may have been paid or cancelled while Dintero answered.
  const other = shop.database.transaction(() => {
    const now = shop.orders.find(order.id) ?? order;
    const usable = usableSession(shop, now);
    const superseded =
      usable !== undefined || now.status !== "open" || fingerprint(now) !== fingerprint(order);
    if (!superseded) shop.orders.addSession(order.id, { ...made, returnUrl: url.return_url, expiresAt });
    return superseded && { usable };
  });
  if (!other) return made;
  // No shopper has seen this one.
  await shop.client.cancelSession(made.id);
  if (!other.usable)
    throw new NothingToPay("cart-changed", "The cart was changed meanwhile. Please try again.");
  return other.usable;
}

/**
 * Cancels an order that has not been paid. An order that is paid at Dintero meanwhile stays paid.
 *
 * `why` is a sentence for the order's history.
 */
export async function cancelOrder(shop: Shop, orderId: string, why: string): Promise<Order> {
  // Dintero voids the authorization of a session that is cancelled, so read it first.
  const before = await settle(shop, orderId);
  if (before.status !== "open") return before;
  for (const { id } of before.sessions.filter(({ state }) => state !== "over")) {
    await shop.client.cancelSession(id).catch((error: unknown) => {
      // Refused: it has ended in another way, which the next read finds.
      if (!isRefusal(error)) throw error;
    });
  }
  const order = await settle(shop, orderId);
  if (order.status !== "open") return order;
  return shop.database.transaction(() => {
    if (shop.orders.markCancelled(orderId)) {
      for (const { id } of order.sessions) shop.orders.setSessionState(id, "over");
      shop.orders.note(orderId, `Cancelled. ${why}`);
    }
    return shop.orders.find(orderId) ?? order;
  });
}

/** The addresses at which Dintero reaches the shop. */
function addresses({ origin, features }: Shop, orderId: string) {
  const callback = new URL("/dintero/callback?report_error=true", origin);
  for (const event of ["CAPTURE", "REFUND", "VOID"]) callback.searchParams.append("report_event", event);
  return {
    return_url: `${origin}/thanks/${orderId}`,
    ...(features.callbacks && { callback_url: callback.href }),
  };
}

/** The express part of a session. Dintero requests everything that depends on the address from the shop. */
function expressParts(origin: string) {
  return {
    express: {
      shipping_options: [],
      shipping_mode: "shipping_required",
      customer_types: ["b2c"],
      shipping_address_callback_url: `${origin}/dintero/address`,
      discount_codes: { max_count: 1, callback_url: `${origin}/dintero/discounts` },
    },
    configuration: { discounts: { express_discount_codes: { enabled: true } } },
  } as const;
}
