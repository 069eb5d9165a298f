import { sum, type Line } from "../shop/catalogue.ts";
import type { NewOrder, Order, OrderSession } from "../shop/order.ts";
import type { Payment } from "../shop/payment.ts";
import type { Database } from "./database.ts";
import { readOrder, type OrderRow } from "./order-row.ts";

/** Orders with their sessions, transactions, callbacks and history. */
export class Orders {
  #database;
  #now;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  find(id: string): Order | undefined {
    const row = this.#database.get<OrderRow>("SELECT * FROM orders WHERE id = ?", id);
    return row && readOrder(this.#database, row);
  }

  /** Newest first, at most a hundred. */
  list(shopper?: string): Order[] {
    const where = shopper === undefined ? "" : "WHERE shopper = ?";
    const sql = `SELECT * FROM orders ${where} ORDER BY number DESC LIMIT 100`;
    const rows = this.#database.all<OrderRow>(sql, ...(shopper === undefined ? [] : [shopper]));
    return rows.map((row) => readOrder(this.#database, row));
  }

  /** Orders whose status at Dintero may be newer than the shop's. */
  unsettled(): string[] {
    const sql = `
      SELECT id FROM orders WHERE
        id IN (SELECT order_id FROM sessions WHERE state <> 'over') OR
        id IN (SELECT order_id FROM transactions WHERE status = 'ON_HOLD' OR operations LIKE '%"pending"%'
               OR (problem IS NOT NULL AND status IN ('AUTHORIZED', 'CAPTURED')))
      ORDER BY number`;
    return this.#database.all<{ id: string }>(sql).map(({ id }) => id);
  }

  /** How many sessions a shopper got for orders since then. */
  countSessions(shopper: string, since: number): number {
    const sql = `SELECT count(*) AS count FROM sessions JOIN orders ON orders.id = sessions.order_id
                 WHERE orders.shopper = ? AND orders.created_at > ?`;
    return this.#database.get<{ count: number }>(sql, shopper, since)?.count ?? 0;
  }

  /** Gives the order the next number. */
  add({ shopper, flow, lines, currency }: NewOrder): Order {
    const now = this.#now();
    const sql = `INSERT INTO orders (shopper, flow, currency, amount, lines, created_at)
                 VALUES (?, ?, ?, ?, ?, ?) RETURNING number`;
    const values = [shopper, flow, currency, sum(lines), JSON.stringify(lines), now];
    const { number } = this.#database.get<{ number: number }>(sql, ...values)!;
    const id = `order-${String(number).padStart(3, "0")}`;
    this.#database.run("UPDATE orders SET id = ? WHERE number = ?", id, number);
    this.note(id, "Order created.");
    return this.find(id)!;
  }

  /** The only place that marks an order paid. Returns false when another transaction was first, or the order is cancelled. */
  markPaid(
    id: string,
    paid: { transactionId: string; lines: readonly Line[]; address?: string | undefined },
  ) {
    const sql = `UPDATE orders SET status = 'paid', transaction_id = ?, amount = ?, lines = ?, address = ?
                 WHERE id = ? AND status = 'open'`;
    const { transactionId, lines, address = null } = paid;
    return this.#database.run(sql, transactionId, sum(lines), JSON.stringify(lines), address, id) === 1;
  }

  /** The order can no longer be paid. Returns false when it is paid, unless by `transactionId`, which has been voided. */
  markCancelled(id: string, transactionId: string | null = null): boolean {
    const sql = `UPDATE orders SET status = 'cancelled'
                 WHERE id = ? AND (status = 'open' OR (status = 'paid' AND transaction_id = ?))`;
    return this.#database.run(sql, id, transactionId) === 1;
  }

  /** Whether the order may be read from Dintero now: at most once in `pause` ms, by all processes together. */
  mayRead(id: string, pause: number): boolean {
    const now = this.#now();
    const sql = "UPDATE orders SET read_at = ? WHERE id = ? AND read_at <= ?";
    return this.#database.run(sql, now, id, now - pause) === 1;
  }

  /** Lets one person move an order's money at a time; a reservation of a process that crashed ends after a minute. */
  reserve(id: string): boolean {
    const now = this.#now();
    const sql = "UPDATE orders SET reserved_until = ? WHERE id = ? AND reserved_until <= ?";
    return this.#database.run(sql, now + 60_000, id, now) === 1;
  }

  release(id: string): void {
    this.#database.run("UPDATE orders SET reserved_until = 0 WHERE id = ?", id);
  }

  addSession(orderId: string, session: Omit<OrderSession, "state">): void {
    const sql = "INSERT INTO sessions (id, order_id, url, return_url, expires_at) VALUES (?, ?, ?, ?, ?)";
    const { id, url, returnUrl, expiresAt } = session;
    this.#database.run(sql, id, orderId, url, returnUrl, expiresAt);
    this.note(orderId, `Session created: ${id}.`);
  }

  /** A session goes from open to used to over, never back. */
  setSessionState(sessionId: string, state: "used" | "over"): void {
    const from = state === "used" ? "state = 'open'" : "state <> 'over'";
    this.#database.run(`UPDATE sessions SET state = ? WHERE id = ? AND ${from}`, state, sessionId);
  }

  /** Stores a transaction as it was read. */
  saveTransaction(orderId: string, payment: Payment, problem: string | null = null): void {
    this.#database.run(
      `INSERT INTO transactions (id, order_id, session_id, status, amount, captured, refunded, operations,
         captured_lines, refunded_lines, method, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status, captured = excluded.captured,
         refunded = excluded.refunded, operations = excluded.operations, captured_lines = excluded.captured_lines,
         refunded_lines = excluded.refunded_lines, problem = excluded.problem`,
      payment.transactionId,
      orderId,
      payment.sessionId,
      payment.status,
      payment.amount,
      payment.captured,
      payment.refunded,
      JSON.stringify(payment.operations),
      JSON.stringify(payment.capturedLines),
      JSON.stringify(payment.refundedLines),
      payment.method ?? null,
      problem,
    );
  }

  isProcessed(deliveryId: string | undefined): boolean {
    const sql = "SELECT 1 FROM callbacks WHERE delivery_id = ?";
    return deliveryId !== undefined && this.#database.get(sql, deliveryId) !== undefined;
  }

  markProcessed(orderId: string, deliveryId: string | undefined): void {
    if (deliveryId === undefined) return;
    const sql = `INSERT INTO callbacks (delivery_id, order_id, processed_at) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING`;
    this.#database.run(sql, deliveryId, orderId, this.#now());
  }

  /** Callbacks, returns and page views all report the same: a repeat of the last note is dropped. */
  note(orderId: string, text: string): void {
    const last = "SELECT text FROM history WHERE order_id = ? ORDER BY number DESC LIMIT 1";
    if (this.#database.get<{ text: string }>(last, orderId)?.text === text) return;
    const sql = "INSERT INTO history (order_id, at, text) VALUES (?, ?, ?)";
    this.#database.run(sql, orderId, this.#now(), text);
  }
}
