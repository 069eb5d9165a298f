// @ts-check
import { sum } from "./catalogue.js";

/** @typedef {import("dintero-checkout-element/server").Transaction} Transaction */
/** @typedef {{ event?: string, success?: boolean, amount?: number, items?: { line_id?: string }[] }} TransactionEvent */

/**
 * What the shop keeps of a transaction.
 *
 * @param {Transaction} transaction
 * @returns {import("./order.js").Payment}
 */
export function paymentOf(transaction) {
  const captures = eventsOf(transaction, "CAPTURE");
  const refunds = eventsOf(transaction, "REFUND");
  return {
    transactionId: transaction.id,
    sessionId: transaction.session_id,
    status: transaction.status,
    amount: transaction.amount,
    captured: sum(captures),
    refunded: sum(refunds),
    capturedLines: lineIds(captures),
    refundedLines: lineIds(refunds),
    ...(transaction.payment_product_type ? { method: transaction.payment_product_type } : {}),
  };
}

/**
 * @param {Transaction} transaction
 * @param {"CAPTURE" | "REFUND"} name
 */
function eventsOf(transaction, name) {
  const events = /** @type {readonly TransactionEvent[]} */ (transaction.events ?? []);
  return events
    .filter(({ event, success }) => event === name && success !== false)
    .map(({ amount = 0, items = [] }) => ({ amount, items }));
}

/** @param {readonly { items: readonly { line_id?: string }[] }[]} events */
function lineIds(events) {
  return events.flatMap(({ items }) => items.flatMap(({ line_id: id }) => (id === undefined ? [] : [id])));
}

/** Whether a session's event says that the shopper's attempt has ended without money. @param {unknown} entry */
export function endedWithoutMoney(entry) {
  const { event } = /** @type {{ event?: unknown }} */ (entry ?? {});
  return event === "CANCEL" || event === "DECLINE" || event === "FAIL";
}
