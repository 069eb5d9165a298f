// @ts-check
import { formatMoney } from "./money.js";
import { note } from "./order.js";
import { isRefusal } from "./reason.js";

/** @typedef {import("dintero-checkout-element/server").DinteroClient} DinteroClient */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./settlement.js").Settlement} Settlement */
/** @typedef {import("./checkout.js").Checkout} Checkout */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {"capture" | "refund" | "void" | "cancel"} Action */

/** Something that cannot be done; the message says why in plain words. */
export class Refusal extends Error {}

/** What the people behind the counter do with an order's money. */
export class BackOffice {
  #client;
  #store;
  #settlement;
  #checkout;

  /** @param {{ client: DinteroClient, store: Store, settlement: Settlement, checkout: Checkout }} parts */
  constructor({ client, store, settlement, checkout }) {
    this.#client = client;
    this.#store = store;
    this.#settlement = settlement;
    this.#checkout = checkout;
  }

  /**
   * @param {string} orderId
   * @param {Action} action
   * @param {readonly string[]} lineIds what is shipped or taken back, of `capture` and `refund`
   * @returns {Promise<Order>}
   */
  async act(orderId, action, lineIds) {
    const order =
      action === "cancel"
        ? await this.#checkout.cancel(orderId, "By the back office.")
        : await this.#store.change(orderId, (order) => this.#move(order, action, lineIds));
    if (action === "cancel" && order.status !== "cancelled") throw new Refusal(cannotCancel(order));
    return order;
  }

  /**
   * @param {Order} order
   * @param {Exclude<Action, "cancel">} action
   * @param {readonly string[]} lineIds
   */
  async #move(order, action, lineIds) {
    const { payment } = order;
    if (!payment) throw new Refusal("There is no payment yet.");
    const lines = action === "void" ? [] : chosen(order.lines, payment, action, lineIds);
    const amount = lines.reduce((total, line) => total + line.amount, 0);
    const items = lines.map(({ id, line_id, quantity, amount, vat, vat_amount }) => {
      return { id, line_id, quantity, amount, vat, vat_amount };
    });
    try {
      if (action === "void") await this.#client.voidTransaction(payment.transactionId);
      if (action === "capture")
        await this.#client.captureTransaction(payment.transactionId, { amount, items });
      if (action === "refund") {
        await this.#client.refundTransaction(payment.transactionId, { amount, items, reason: "Returned" });
      }
    } catch (error) {
      // Whatever went wrong, the transaction says what is true now; the page then shows that.
      await this.#settlement.read(order, { refresh: true }).catch(() => undefined);
      throw new Refusal(inPlainWords(action, order, error), { cause: error });
    }
    if (action !== "void")
      note(order, `${action === "capture" ? "Captured" : "Refunded"} ${formatMoney(amount)}.`);
    return this.#settlement.read(order, { refresh: true });
  }
}

/**
 * @param {readonly import("./catalogue.js").Line[]} all
 * @param {import("./order.js").Payment} payment
 * @param {"capture" | "refund"} action
 * @param {readonly string[]} lineIds
 */
function chosen(all, payment, action, lineIds) {
  const lines = all.filter((line) => lineIds.includes(line.line_id));
  if (lines.length === 0) {
    throw new Refusal(action === "capture" ? "Choose what you ship." : "Choose what you take back.");
  }
  const done = action === "capture" ? payment.capturedLines : payment.refundedLines;
  const twice = lines.find((line) => done.includes(line.line_id));
  if (twice)
    throw new Refusal(`“${twice.description}” was ${action === "capture" ? "captured" : "refunded"} before.`);
  return lines;
}

/** @param {Order} order */
function cannotCancel(order) {
  if (order.status === "paid") return `${order.id} is paid: void or refund the payment instead.`;
  return `The payment of ${order.id} is still being checked: try again when that is over.`;
}

/**
 * @param {Exclude<Action, "cancel">} action
 * @param {Order} order as it is after the refusal
 * @param {unknown} error
 */
function inPlainWords(action, order, error) {
  const { payment } = order;
  if (!payment || !isRefusal(error))
    return "Dintero could not be reached. Look at the payment before you try again.";
  const { status, amount, captured, refunded } = payment;
  if (status === "AUTHORIZATION_VOIDED") return "The payment was voided: there is no money to move.";
  if (status === "ON_HOLD") return "Dintero is still checking this payment: wait until it is authorized.";
  if (action === "void" && captured > 0) {
    return "The money was captured, so the payment can no longer be voided. Refund it instead.";
  }
  if (action === "capture") {
    if (captured >= amount) return "All of it was captured before.";
    return `Only ${formatMoney(amount - captured)} is left to capture. Dintero says: ${error.message}`;
  }
  if (action === "refund") {
    if (captured === 0)
      return "Nothing was captured yet, so nothing can be refunded. Void the payment instead.";
    if (refunded >= captured) return "All that was captured has been refunded.";
    return `Only ${formatMoney(captured - refunded)} is left to refund. Dintero says: ${error.message}`;
  }
  return `Dintero says: ${error.message}`;
}
