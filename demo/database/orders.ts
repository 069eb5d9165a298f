// @ts-check
import { sum } from "./catalogue.js";
import { formatMoney } from "./money.js";

/** @typedef {import("./catalogue.js").Line} Line */

/**
 * - `open`: no money yet. A declined or cancelled attempt leaves the order open: the shopper may try again.
 * - `on-hold`: Dintero is still checking the payment.
 * - `paid`: the server has read an authorized transaction that is this order's.
 * - `cancelled`: will not be paid any more; a payment that arrives all the same is voided.
 *
 * @typedef {"open" | "on-hold" | "paid" | "cancelled"} OrderStatus
 */

/**
 * @typedef {object} Payment what the server last read of the transaction
 * @property {string} transactionId
 * @property {string} sessionId
 * @property {string} status as Dintero names it
 * @property {number} amount in minor units
 * @property {number} captured in minor units
 * @property {number} refunded in minor units
 * @property {string[]} capturedLines line ids
 * @property {string[]} refundedLines line ids
 * @property {string} [method] Dintero's payment product type
 */

/**
 * @typedef {object} Extra a transaction that is not this order's payment although it came for it
 * @property {string} transactionId
 * @property {string} status as Dintero names it
 * @property {number} amount in minor units
 * @property {string} note in plain words
 */

/**
 * @typedef {object} OrderSession
 * @property {string} id
 * @property {string} url
 * @property {string} expiresAt
 * @property {string} returnUrl
 * @property {boolean} [spent] an attempt to pay ended in it: the next one wants a session of its own
 * @property {boolean} [over] nothing can be paid in it any more
 */

/**
 * @typedef {object} Order
 * @property {string} id the merchant reference
 * @property {string} shopper whose cookie may look at it
 * @property {string} createdAt
 * @property {"plain" | "express"} flow
 * @property {OrderStatus} status
 * @property {Line[]} lines of an express order once paid: with discounts and shipping
 * @property {number} amount in minor units; of an express order before it is paid: without shipping
 * @property {string} currency
 * @property {OrderSession[]} sessions
 * @property {Payment} [payment]
 * @property {Extra[]} extras
 * @property {string} [address] where an express order goes to, as one line
 * @property {{ at: string, text: string }[]} history
 */

const paidStatuses = new Set([
  "AUTHORIZED",
  "CAPTURED",
  "PARTIALLY_CAPTURED",
  "PARTIALLY_CAPTURED_REFUNDED",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
]);

const failedStatuses = new Set(["DECLINED", "FAILED", "AUTHORIZATION_VOIDED"]);

/** @param {string} status Dintero's: AUTHORIZED or later */
export function isPaidStatus(status) {
  return paidStatuses.has(status);
}

/** @param {string} status Dintero's: nothing will come of it any more */
export function isFailedStatus(status) {
  return failedStatuses.has(status);
}

/** Whether reading Dintero could still change the order. @param {Order} order */
export function isUnsettled({ status, sessions, extras }) {
  return (
    status === "on-hold" ||
    sessions.some(({ over }) => !over) ||
    extras.some((extra) => extra.status === "AUTHORIZED" || extra.status === "ON_HOLD")
  );
}

/**
 * What makes two carts the same order.
 *
 * @param {{ flow: string, lines: readonly Line[] }} order
 */
export function fingerprint({ flow, lines }) {
  return JSON.stringify([flow, lines.map((line) => [line.id, line.quantity, line.amount])]);
}

/**
 * What Dintero is told of an order.
 *
 * @param {Pick<Order, "id" | "lines" | "currency">} order
 */
export function told({ id, lines, currency }) {
  return {
    amount: sum(lines),
    vat_amount: lines.reduce((total, line) => total + line.vat_amount, 0),
    currency,
    merchant_reference: id,
    items: lines,
  };
}

/**
 * @param {{ id: string, shopper: string, flow: "plain" | "express", lines: Line[], currency: string }} fields
 * @returns {Order}
 */
export function newOrder({ id, shopper, flow, lines, currency }) {
  const order = {
    id,
    shopper,
    createdAt: new Date().toISOString(),
    flow,
    status: /** @type {const} */ ("open"),
    lines,
    amount: sum(lines),
    currency,
    sessions: [],
    extras: [],
    history: [],
  };
  note(order, "Order made.");
  return order;
}

/**
 * @param {Order} order
 * @param {string} text
 */
export function note(order, text) {
  // Callbacks, returns and looks all tell the same: once is enough.
  if (order.history.at(-1)?.text === text) return;
  order.history.push({ at: new Date().toISOString(), text });
}

/**
 * Keeps a transaction that came for the order and is not its payment.
 *
 * @param {Order} order
 * @param {{ id: string, status: string, amount: number }} transaction
 * @param {string} why
 */
export function setAside(order, { id, status, amount }, why) {
  const extra = { transactionId: id, status, amount, note: why };
  const index = order.extras.findIndex(({ transactionId }) => transactionId === id);
  const before = order.extras[index];
  if (before?.status === status && before.note === why) return;
  if (before) order.extras[index] = extra;
  else order.extras.push(extra);
  note(order, `Transaction ${id} (${formatMoney(amount)}) not taken. ${why}`);
}
