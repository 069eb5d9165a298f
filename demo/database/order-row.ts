import type { Line } from "../shop/catalogue.ts";
import type { Extra, NewOrder, Order, OrderSession, OrderStatus } from "../shop/order.ts";
import type { Operation } from "../shop/operation.ts";
import { isHeld, type Payment } from "../shop/payment.ts";
import type { Database } from "./database.ts";

export interface OrderRow {
  readonly id: string;
  readonly shopper: string;
  readonly flow: NewOrder["flow"];
  readonly status: Exclude<OrderStatus, "on-hold">;
  readonly currency: string;
  readonly amount: number;
  readonly lines: string;
  readonly address: string | null;
  readonly transaction_id: string | null;
}

interface TransactionRow {
  readonly id: string;
  readonly session_id: string;
  readonly status: string;
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
  readonly operations: string;
  readonly captured_lines: string;
  readonly refunded_lines: string;
  readonly method: string | null;
  readonly problem: string | null;
}

/** Assembles an order from its tables. */
export function readOrder(database: Database, row: OrderRow): Order {
  const { id, shopper, flow, currency, amount, address } = row;
  const transactions = database
    .all<TransactionRow>("SELECT * FROM transactions WHERE order_id = ? ORDER BY number", id)
    .map(readTransaction);
  const payments = transactions.filter(({ problem }) => problem === null);
  const paidBy = payments.find(({ transactionId }) => transactionId === row.transaction_id);
  const held = payments.find(({ status }) => isHeld(status));
  return {
    ...{ id, shopper, flow, currency, amount },
    status: row.status === "open" && held ? "on-hold" : row.status,
    lines: JSON.parse(row.lines) as Line[],
    address: address ?? undefined,
    sessions: database.all<OrderSession>(
      `SELECT id, url, return_url AS "returnUrl", expires_at AS "expiresAt", state
       FROM sessions WHERE order_id = ? ORDER BY number`,
      id,
    ),
    transactionId: row.transaction_id ?? undefined,
    payment: paidBy ?? held ?? payments.at(-1),
    extras: transactions.filter((one): one is Extra => one.problem !== null),
    history: database.all("SELECT at, text FROM history WHERE order_id = ? ORDER BY number", id),
  };
}

function readTransaction(row: TransactionRow): Payment & { problem: string | null } {
  return {
    transactionId: row.id,
    sessionId: row.session_id,
    status: row.status,
    amount: row.amount,
    captured: row.captured,
    refunded: row.refunded,
    operations: JSON.parse(row.operations) as Operation[],
    capturedLines: JSON.parse(row.captured_lines) as string[],
    refundedLines: JSON.parse(row.refunded_lines) as string[],
    method: row.method ?? undefined,
    problem: row.problem,
  };
}
