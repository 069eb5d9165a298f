// @ts-check
import { subtract } from "./cart.js";
import { quote } from "./express.js";
import { formatMoney } from "./money.js";
import { isFailedStatus, isPaidStatus, note, setAside } from "./order.js";
import { endedWithoutMoney, paymentOf } from "./payment.js";
import { isRefusal, unlessWrong } from "./reason.js";

/** @typedef {import("dintero-checkout-element/server").DinteroClient} DinteroClient */
/** @typedef {import("dintero-checkout-element/server").Transaction} Transaction */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./store.js").Store} Store */

/**
 * Decides what has been paid.
 *
 * Callbacks, returns, looks at an order and the start of the shop all end up here, and none of them is believed: each
 * is only a reason to read the transaction from Dintero. Orders are settled one prompt at a time, so it does not
 * matter in which order the prompts come, how often, or whether they come at once.
 */
export class Settlement {
  #client;
  #store;
  #now;

  /** @param {{ client: DinteroClient, store: Store, now?: () => number }} parts */
  constructor({ client, store, now = Date.now }) {
    this.#client = client;
    this.#store = store;
    this.#now = now;
  }

  /**
   * @param {string} orderId
   * @param {{ transactionId?: string | undefined, refresh?: boolean }} [prompt] a transaction that somebody names;
   *   `refresh` reads a payment that is known again
   * @returns {Promise<Order>}
   */
  settle(orderId, prompt = {}) {
    return this.#store.change(orderId, (order) => this.read(order, prompt));
  }

  /**
   * An attempt to pay ended without money: the next one gets a session of its own.
   *
   * @param {string} orderId
   */
  attemptEnded(orderId) {
    return this.#store.change(orderId, async (order) => {
      if (order.status === "open") for (const session of order.sessions) session.spent = true;
    });
  }

  /**
   * The same, for who already works on the order alone (`Store.change`).
   *
   * @param {Order} order
   * @param {{ transactionId?: string | undefined, refresh?: boolean }} [prompt]
   */
  async read(order, { transactionId, refresh = false } = {}) {
    const ids = new Set(transactionId ? [transactionId] : []);
    for (const session of order.sessions.filter(({ over }) => !over)) {
      const found = await this.#readSession(session);
      if (found) ids.add(found);
    }
    if (order.payment && (refresh || order.status === "on-hold")) ids.add(order.payment.transactionId);
    for (const extra of order.extras) {
      if (!isFailedStatus(extra.status)) ids.add(extra.transactionId);
    }
    for (const id of ids) {
      const transaction = await this.#client.getTransaction(id).catch(unlessWrong);
      if (transaction) await this.#receive(order, transaction);
    }
    return order;
  }

  /**
   * @param {import("./order.js").OrderSession} session
   * @returns {Promise<string | undefined>} its transaction
   */
  async #readSession(session) {
    const found = await this.#client.getSession(session.id).catch(unlessWrong);
    if (found?.transaction_id) return found.transaction_id;
    session.expiresAt = found?.expires_at ?? session.expiresAt;
    if (!found || found.cancelled_at || Date.parse(session.expiresAt) <= this.#now()) session.over = true;
    if (found?.events?.some(endedWithoutMoney)) session.spent = true;
    return undefined;
  }

  /**
   * @param {Order} order
   * @param {Transaction} transaction
   */
  async #receive(order, transaction) {
    const session = order.sessions.find(({ id }) => id === transaction.session_id);
    // Somebody else's transaction, named in an address: no business of this order.
    if (!session || transaction.merchant_reference !== order.id) return;
    if (isPaidStatus(transaction.status) || isFailedStatus(transaction.status)) session.over = true;

    const mine = order.payment?.transactionId === transaction.id;
    const known = order.extras.find((extra) => extra.transactionId === transaction.id);
    if (isFailedStatus(transaction.status)) {
      if (known) known.status = transaction.status;
      else if (mine || !order.payment || order.status === "open") this.#takeFailed(order, transaction);
      return;
    }
    if (!isPaidStatus(transaction.status) && transaction.status !== "ON_HOLD") return;

    const free = order.status === "open" || (order.status === "on-hold" && isPaidStatus(transaction.status));
    if (!mine && !free) return this.#refuse(order, transaction);
    const problem = await this.#problem(order, transaction);
    if (problem) return setAside(order, transaction, problem);
    await this.#take(order, transaction);
  }

  /**
   * @param {Order} order
   * @param {Transaction} transaction
   */
  #takeFailed(order, transaction) {
    const voided = order.status === "paid";
    if (order.status === "on-hold") order.status = "open";
    if (voided) order.status = "cancelled";
    order.payment = paymentOf(transaction);
    note(
      order,
      voided ? "Payment voided." : `Payment ${transaction.status.toLowerCase()}: ${transaction.id}.`,
    );
  }

  /**
   * @param {Order} order
   * @param {Transaction} transaction
   */
  async #take(order, transaction) {
    const before = order.payment;
    if (before && before.transactionId !== transaction.id && before.status === "ON_HOLD") {
      setAside(order, { ...before, id: before.transactionId }, "Another payment came first.");
    }
    order.payment = paymentOf(transaction);
    if (order.status === "cancelled") return;
    const status = isPaidStatus(transaction.status) ? "paid" : "on-hold";
    if (order.status === status && before?.transactionId === transaction.id) return;
    order.status = status;
    note(order, order.status === "paid" ? `Paid: ${transaction.id}.` : `Payment on hold: ${transaction.id}.`);
    const cart = this.#store.cart(order.shopper);
    if (cart?.orderId === order.id) await this.#store.setCart(order.shopper, subtract(cart, order.lines));
  }

  /**
   * Says why a transaction is not this order's payment although it came from its session.
   *
   * @param {Order} order
   * @param {Transaction} transaction
   * @returns {Promise<string | undefined>}
   */
  async #problem(order, transaction) {
    if (transaction.currency !== order.currency) {
      return `It is in ${transaction.currency}, the order in ${order.currency}.`;
    }
    const priced =
      order.flow === "express" && order.status === "open"
        ? quote(order, await this.#client.getSession(transaction.session_id))
        : { amount: order.amount };
    if ("problem" in priced) return priced.problem;
    if (priced.amount !== transaction.amount) {
      return `It is of ${formatMoney(transaction.amount)}, the order of ${formatMoney(priced.amount)}.`;
    }
    Object.assign(order, priced);
    return undefined;
  }

  /**
   * An order takes one payment, and none once it is cancelled: give the money back.
   *
   * @param {Order} order
   * @param {Transaction} transaction
   */
  async #refuse(order, transaction) {
    const why =
      order.status === "cancelled" ? "The order was cancelled." : "The order has a payment already.";
    if (transaction.status !== "AUTHORIZED") {
      const held = transaction.status === "ON_HOLD";
      const what = held ? "Will be voided once it is authorized." : "Refund it at Dintero.";
      return setAside(order, transaction, `${why} ${what}`);
    }
    setAside(order, transaction, `${why} Not voided yet.`);
    try {
      setAside(order, await this.#client.voidTransaction(transaction.id), `${why} Voided.`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setAside(order, transaction, `${why} Dintero would not void it: ${error.message}`);
    }
  }
}
