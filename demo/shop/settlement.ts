import {
  DinteroError,
  type Session,
  type SessionHistoryEvent,
  type Transaction,
} from "dintero-checkout-element/server";
import { sum, type Line } from "./catalogue.ts";
import { describe, undefinedIfMissing } from "./errors.ts";
import { quote } from "./express.ts";
import { formatMoney } from "./money.ts";
import { isBusy } from "./operation.ts";
import type { Order } from "./order.ts";
import { isFailed, isHeld, isPaid, toPayment } from "./payment.ts";
import { needsReturn, returnPayment, setAside } from "./second-payment.ts";
import type { Shop } from "./shop.ts";

/** The reason to read an order's payment. */
export interface Prompt {
  /** The transaction that a callback or a return address names. */
  readonly transactionId?: string | undefined;
  /** Reads a known payment again. */
  readonly refresh?: boolean;
  /** Of a callback: recorded in the same transaction as its changes. */
  readonly deliveryId?: string | undefined;
}

/** Names of a session's events after which the next attempt gets a new session. */
const attemptEnded = new Set<SessionHistoryEvent["name"]>(["CANCELLED", "DECLINED", "FAILED", "UNKNOWN"]);

/**
 * Decides whether an order is paid.
 *
 * Callbacks, returns, page views and the start of the shop all end up here, and none of them is trusted: each is only a
 * reason to read the transaction from Dintero. The result is written in one database transaction with a guarded update,
 * so the order, the number, the timing and the process of the requests do not matter.
 */
export async function settle(shop: Shop, orderId: string, prompt: Prompt = {}): Promise<Order> {
  const order = findOrder(shop, orderId);
  for (const id of await transactionIds(shop, order, prompt)) {
    const transaction = await shop.client.getTransaction(id).catch(undefinedIfMissing);
    // A transaction of another order, named in an address, does not concern this one.
    const session = order.sessions.find((one) => one.id === transaction?.session_id);
    if (!transaction || !session || transaction.merchant_reference !== orderId) continue;
    const details = order.flow === "express" ? await shop.client.getSession(session.id) : undefined;
    const unwanted = shop.database.transaction(() => {
      const refused = receive(shop, findOrder(shop, orderId), transaction, details);
      // The callback fails while its money is still to be returned, so that Dintero delivers it again.
      if (!refused) shop.orders.markProcessed(orderId, prompt.deliveryId);
      return refused;
    });
    if (unwanted) await returnPayment(shop, findOrder(shop, orderId), transaction);
  }
  return findOrder(shop, orderId);
}

/**
 * Reads an order's payment from Dintero because its page was opened, at most every two seconds. Does not fail without an
 * answer, but returns why the page may be out of date.
 */
export async function look(shop: Shop, orderId: string, prompt?: Prompt): Promise<string | undefined> {
  if (!shop.orders.mayRead(orderId, 2000)) return undefined;
  try {
    await settle(shop, orderId, prompt);
    return undefined;
  } catch (error) {
    if (!(error instanceof DinteroError)) throw error;
    shop.log(`${orderId} could not be read: ${describe(error)}`);
    return "Dintero did not answer, so this page may be out of date.";
  }
}

/** At start: callbacks may have been lost while the shop was down. One order that fails does not stop the others. */
export async function catchUp(shop: Shop): Promise<void> {
  for (const id of shop.orders.unsettled()) {
    try {
      const before = findOrder(shop, id).status;
      const { status } = await settle(shop, id);
      if (status !== before) shop.log(`${id} is ${status} now.`);
    } catch (error) {
      shop.log(`${id} could not be read: ${describe(error)}`);
    }
  }
}

/** The attempt to pay ended without money: the next one gets a new session. */
export function endAttempt({ orders }: Shop, order: Order): void {
  if (order.status !== "open") return;
  for (const { id } of order.sessions) orders.setSessionState(id, "used");
}

function findOrder({ orders }: Shop, id: string): Order {
  const order = orders.find(id);
  if (!order) throw new Error(`There is no order ${id}.`);
  return order;
}

/** The transactions that could change an order: named, found in its sessions, or not final when last read. */
async function transactionIds(shop: Shop, order: Order, prompt: Prompt): Promise<Set<string>> {
  const ids = new Set(prompt.transactionId ? [prompt.transactionId] : []);
  for (const { id, state, expiresAt } of order.sessions) {
    if (state === "over") continue;
    const session = await shop.client.getSession(id).catch(undefinedIfMissing);
    if (session?.transaction_id) ids.add(session.transaction_id);
    else if (!session || session.cancelled_at || Date.parse(session.expires_at ?? expiresAt) <= shop.now()) {
      shop.orders.setSessionState(id, "over");
    } else if (session.events?.some(({ name }) => attemptEnded.has(name)))
      shop.orders.setSessionState(id, "used");
  }
  const { payment, extras, status } = order;
  if (payment && (prompt.refresh || status === "on-hold" || isBusy(payment.operations)))
    ids.add(payment.transactionId);
  for (const extra of extras) {
    if (!isFailed(extra.status) && extra.status !== "REFUNDED") ids.add(extra.transactionId);
  }
  return ids;
}

/** Writes what a transaction means for its order. Returns whether its money is to be returned. */
function receive(shop: Shop, order: Order, transaction: Transaction, session: Session | undefined): boolean {
  const { orders, carts } = shop;
  const payment = toPayment(transaction);
  const { transactionId, sessionId, status } = payment;
  if (isPaid(status) || isFailed(status)) orders.setSessionState(sessionId, "over");
  if (isFailed(status)) receiveFailed(shop, order, transaction);
  // No outcome yet, or an unknown status: a later read decides.
  if (!isPaid(status) && !isHeld(status)) return false;
  if (transactionId === order.transactionId) {
    orders.saveTransaction(order.id, payment);
    return false;
  }
  if (order.status === "paid" || order.status === "cancelled") return refuse(shop, order, transaction);

  const accepted = accept(order, transaction, session);
  if (typeof accepted === "string") {
    setAside(shop, order, payment, accepted);
    return false;
  }
  if (isPaid(status) && !orders.markPaid(order.id, { transactionId, ...accepted })) {
    return refuse(shop, order, transaction);
  }
  orders.saveTransaction(order.id, payment);
  orders.note(order.id, isPaid(status) ? `Paid: ${transactionId}.` : `Payment on hold: ${transactionId}.`);
  const held = order.status === "on-hold" && order.payment;
  if (held && held.transactionId !== transactionId) {
    setAside(shop, order, held, "Another payment came first.");
  }
  carts.takeOut(order);
  return false;
}

function receiveFailed({ orders }: Shop, order: Order, transaction: Transaction): void {
  const payment = toPayment(transaction);
  const { transactionId, status } = payment;
  const extra = order.extras.find((one) => one.transactionId === transactionId);
  const problem =
    extra && isBusy(extra.operations) ? needsReturn(order, transaction).problem : extra?.problem;
  orders.saveTransaction(order.id, payment, problem);
  if (extra) return;
  if (transactionId !== order.transactionId) {
    orders.note(order.id, `Payment ${status.toLowerCase()}: ${transactionId}.`);
  } else if (orders.markCancelled(order.id, transactionId)) orders.note(order.id, "Payment voided.");
}

/** An order takes one payment, and none once it is cancelled. */
function refuse(shop: Shop, order: Order, transaction: Transaction): boolean {
  const { wanted, problem } = needsReturn(order, transaction);
  setAside(shop, order, toPayment(transaction), problem);
  return wanted;
}

/** The lines of the order if the transaction pays it, or the reason why it does not. */
function accept(
  order: Order,
  transaction: Transaction,
  session: Session | undefined,
): { readonly lines: readonly Line[]; readonly address?: string } | string {
  const { amount, currency } = transaction;
  if (currency !== order.currency) return `It is in ${currency}, but the order is in ${order.currency}.`;
  const priced = session ? quote(order, session) : { lines: order.lines };
  if (typeof priced === "string") return priced;
  if (sum(priced.lines) === amount) return priced;
  return `It is ${formatMoney(amount)}, but the order is ${formatMoney(sum(priced.lines))}.`;
}
