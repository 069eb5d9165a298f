// @ts-check
import { priceLines } from "./catalogue.js";
import { currency } from "./money.js";
import { fingerprint, newOrder, note, told } from "./order.js";
import { isRefusal } from "./reason.js";

/** @typedef {import("dintero-checkout-element/server").DinteroClient} DinteroClient */
/** @typedef {import("dintero-checkout-element/server").SessionRequest} SessionRequest */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./settlement.js").Settlement} Settlement */
/** @typedef {import("./store.js").Store} Store */

/** How long a session can be paid, in ms. */
const lifetime = 2 * 60 * 60 * 1000;
/** A session that ends sooner than this, in ms, is not shown again. */
const leastLeft = 60 * 1000;

/** Why there is nothing to pay; the message is for the shopper. */
export class NothingToPay extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {Order | undefined} last the shopper's newest order */
function nothingToPay(last) {
  if (last?.status === "paid")
    return new NothingToPay("already-paid", `Nothing left to pay: ${last.id} is paid.`);
  if (last?.status === "on-hold") {
    return new NothingToPay(
      "on-hold",
      `Nothing to pay now: the payment of ${last.id} is still being checked.`,
    );
  }
  return new NothingToPay("cart-empty", "Your cart is empty.");
}

/** Makes orders and sessions of carts. */
export class Checkout {
  #client;
  #store;
  #settlement;
  #addresses;
  #profileId;
  #now;

  /**
   * @param {object} parts
   * @param {DinteroClient} parts.client
   * @param {Store} parts.store
   * @param {Settlement} parts.settlement
   * @param {(order: { id: string, flow: string }) => Pick<SessionRequest, "url" | "express">} parts.addresses where
   *   Dintero finds the shop
   * @param {string} parts.profileId
   * @param {() => number} [parts.now]
   */
  constructor({ client, store, settlement, addresses, profileId, now = Date.now }) {
    this.#client = client;
    this.#store = store;
    this.#settlement = settlement;
    this.#addresses = addresses;
    this.#profileId = profileId;
    this.#now = now;
  }

  /**
   * The session in which the shopper's cart is paid: the one that is there while the cart is unchanged and the session
   * can still be paid, else a new one. One at a time for each shopper, so two tabs of one cart get the same.
   *
   * @param {string} shopper
   * @param {Order["flow"]} flow
   * @returns {Promise<{ id: string, url: string }>}
   */
  session(shopper, flow) {
    return this.#store.alone(shopper, async () => {
      const previous = this.#store.cart(shopper)?.orderId;
      // A look at the order: it may have been paid in another tab since.
      const order = previous ? await this.#settlement.settle(previous) : undefined;
      const cart = this.#store.cart(shopper);
      const lines = priceLines(cart?.quantities ?? {});
      if (!cart || lines.length === 0) {
        throw nothingToPay(this.#store.orders().find((one) => one.shopper === shopper));
      }
      if (order?.status === "open") {
        if (fingerprint(order) === fingerprint({ flow, lines }))
          return this.#again(order) ?? this.#newSession(order);
        await this.cancel(order.id, "The cart was changed.");
      }
      const made = await this.#store.addOrder((id) => newOrder({ id, shopper, flow, lines, currency }));
      // The cart may have been changed while the order was written: the next look makes that another order.
      await this.#store.setCart(shopper, { ...(this.#store.cart(shopper) ?? cart), orderId: made.id });
      return this.#newSession(made);
    });
  }

  /**
   * Takes an order back that has not been paid. What Dintero tells meanwhile wins: a paid order stays paid.
   *
   * @param {string} orderId
   * @param {string} why in plain words
   */
  cancel(orderId, why) {
    return this.#store.change(orderId, async (order) => {
      // Dintero voids what was authorized in a session that is cancelled: look first.
      await this.#settlement.read(order);
      if (order.status !== "open") return order;
      for (const session of order.sessions.filter(({ over }) => !over)) {
        await this.#client.cancelSession(session.id).catch((error) => {
          // Refused: it has ended another way, which the reading below finds out.
          if (!isRefusal(error)) throw error;
        });
      }
      await this.#settlement.read(order);
      if (order.status !== "open") return order;
      for (const session of order.sessions) session.over = true;
      order.status = "cancelled";
      note(order, `Cancelled. ${why}`);
      return order;
    });
  }

  /** @param {Order} order */
  #again(order) {
    const { return_url: returnUrl } = this.#addresses(order).url;
    return order.sessions.find(
      (session) =>
        !session.over &&
        !session.spent &&
        // After a restart on another port the old session would send the shopper to the old address.
        session.returnUrl === returnUrl &&
        Date.parse(session.expiresAt) - this.#now() > leastLeft,
    );
  }

  /** @param {Order} order */
  async #newSession({ id, flow, lines, currency }) {
    const expiresAt = new Date(this.#now() + lifetime).toISOString();
    const addresses = this.#addresses({ id, flow });
    const session = await this.#client.createSession({
      ...addresses,
      order: told({ id, lines, currency }),
      profile_id: this.#profileId,
      expires_at: expiresAt,
    });
    return this.#store.change(id, async (order) => {
      const made = { id: session.id, url: session.url, expiresAt, returnUrl: addresses.url.return_url };
      order.sessions.push(made);
      note(order, `Session made: ${session.id}.`);
      return made;
    });
  }
}
