import { SandboxError } from "../errors.ts";
import { randomId } from "../ids.ts";
import { checkMoney, money, type MoneyRequest } from "./money.ts";
import { newTransaction, results } from "./new-transaction.ts";
import type { PageOutcome, PayRequest } from "../page-api.ts";
import { cancelled, outcomeOf } from "./outcome.ts";
import type { SessionRecord, Sessions } from "../sessions/sessions.ts";
import { moneyStatus, totals, type Transaction, type TransactionEvent } from "../transaction.ts";

/** What the merchant is called back about. */
export type Notice =
  | { readonly kind: "result"; readonly error?: "cancelled" | "authorization" | "failed" }
  | { readonly kind: "event"; readonly event: "CAPTURE" | "REFUND" | "VOID"; readonly eventId: string };

/** What happens to money: paying, and what the merchant does with it afterwards. */
export class Payments {
  readonly #sessions: Sessions;
  /** Told of everything that a callback may report. */
  onnotice: (record: SessionRecord, notice: Notice) => void = () => {};

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** The transaction of this id, or undefined. */
  get(id: string): Transaction | undefined {
    const transaction = this.#sessions.find(id)?.transaction;
    return transaction?.id === id ? transaction : undefined;
  }

  *[Symbol.iterator](): Iterator<Transaction> {
    for (const { transaction } of this.#sessions.records()) if (transaction) yield transaction;
  }

  /** A session's transaction, or 404. */
  of({ transaction }: SessionRecord): Transaction {
    if (!transaction) throw new SandboxError(404, "transaction_not_found", "The session has no transaction");
    return transaction;
  }

  /** The shopper pays, or tries to. A session has at most one transaction. */
  pay(record: SessionRecord, request: PayRequest): PageOutcome {
    this.#sessions.requireUnlocked(record);
    if (record.undeliverable)
      throw new SandboxError(409, "invalid_request", "The order cannot be delivered there");
    const { session } = record;
    const transaction = newTransaction(session, request, this.#time());
    this.#sessions.setTransaction(record, transaction);
    const { event } = results[request.outcome];
    const outcome = outcomeOf(session, transaction, request.outcome);
    if (outcome.type === "SessionPaymentError") {
      this.#sessions.end(record, outcome, {}, event, request.page);
      this.onnotice(record, { kind: "result", error: outcome.error });
    } else {
      this.#sessions.end(record, outcome, { transaction_id: transaction.id }, event, request.page);
      this.onnotice(record, { kind: "result" });
    }
    return outcome;
  }

  /** The shopper cancels. */
  cancel(record: SessionRecord, page?: string): PageOutcome {
    this.#sessions.requireOpen(record);
    const outcome = cancelled(record.session);
    this.#sessions.end(record, outcome, {}, "CANCEL", page);
    this.onnotice(record, { kind: "result", error: "cancelled" });
    return outcome;
  }

  /** The merchant cancels; what was authorized is voided, what was captured or is on hold is refused. */
  cancelByMerchant(record: SessionRecord): void {
    const { session, transaction } = record;
    if (session.cancelled_at)
      throw new SandboxError(400, "session_cancelled", "The session is already cancelled");
    const voidable = transaction?.status === "INITIALIZED" || transaction?.status === "AUTHORIZED";
    if (transaction && !voidable)
      throw new SandboxError(
        400,
        "invalid_status",
        `A session whose transaction is ${transaction.status} cannot be cancelled`,
      );
    if (transaction) this.void(record);
    this.#sessions.end(record, cancelled(record.session), { cancelled_at: this.#time() }, "CANCEL");
  }

  /** What was on hold, or not yet known, is decided. */
  release(record: SessionRecord, status: "AUTHORIZED" | "FAILED"): Transaction {
    this.#require(record, ["ON_HOLD", "INITIALIZED", "UNKNOWN"], "decided");
    const event = status === "FAILED" ? "FAIL" : "AUTHORIZE";
    const changed = this.#apply(record, { event, transaction_status: status });
    record.outcome = outcomeOf(record.session, changed, status === "FAILED" ? "failed" : "authorized");
    this.onnotice(record, status === "FAILED" ? { kind: "result", error: "failed" } : { kind: "result" });
    return changed;
  }

  /** Back on hold, from authorized: what Dintero's checks may do, for trying out. */
  hold(record: SessionRecord): Transaction {
    this.#require(record, ["AUTHORIZED"], "put on hold");
    const changed = this.#apply(record, { event: "ON_HOLD", transaction_status: "ON_HOLD" });
    record.outcome = outcomeOf(record.session, changed, "on_hold");
    this.onnotice(record, { kind: "result" });
    return changed;
  }

  /** A status that no payment here leads to by itself, for trying out what comes before the result is known. */
  unsettle(record: SessionRecord, status: "INITIALIZED" | "UNKNOWN"): Transaction {
    this.#require(record, ["AUTHORIZED", "ON_HOLD"], "put back");
    return this.#apply(record, { event: "INITIALIZE", transaction_status: status });
  }

  capture(record: SessionRecord, request: MoneyRequest): Transaction {
    const transaction = this.#require(
      record,
      ["AUTHORIZED", "PARTIALLY_CAPTURED", "PARTIALLY_CAPTURED_REFUNDED"],
      "captured",
    );
    const { captured, refunded } = totals(transaction);
    checkMoney(request, transaction.amount - captured, "captured");
    const status = moneyStatus(transaction.amount, captured + request.amount, refunded);
    return this.#apply(record, { ...money(request), event: "CAPTURE", transaction_status: status });
  }

  refund(record: SessionRecord, request: MoneyRequest): Transaction {
    const allowed = ["CAPTURED", "PARTIALLY_CAPTURED", "PARTIALLY_REFUNDED", "PARTIALLY_CAPTURED_REFUNDED"];
    const transaction = this.#require(record, allowed, "refunded");
    const { captured, refunded } = totals(transaction);
    checkMoney(request, captured - refunded, "refunded");
    const status = moneyStatus(transaction.amount, captured, refunded + request.amount);
    return this.#apply(record, { ...money(request), event: "REFUND", transaction_status: status });
  }

  void(record: SessionRecord): Transaction {
    const { amount } = this.#require(record, ["INITIALIZED", "AUTHORIZED"], "voided");
    return this.#apply(record, { amount, event: "VOID", transaction_status: "AUTHORIZATION_VOIDED" });
  }

  #apply(record: SessionRecord, change: Omit<TransactionEvent, "id" | "created_at">): Transaction {
    const transaction = this.of(record);
    const event: TransactionEvent = { id: randomId(12), created_at: this.#time(), success: true, ...change };
    record.transaction = {
      ...transaction,
      status: change.transaction_status,
      updated_at: event.created_at,
      events: [...transaction.events, event],
    };
    this.#sessions.onchange(record, change.event.toLowerCase());
    if (change.event === "CAPTURE" || change.event === "REFUND" || change.event === "VOID")
      this.onnotice(record, { kind: "event", event: change.event, eventId: event.id });
    return record.transaction;
  }

  #require(record: SessionRecord, statuses: readonly string[], done: string): Transaction {
    const transaction = this.of(record);
    if (!statuses.includes(transaction.status))
      throw new SandboxError(
        400,
        "invalid_status",
        `A transaction that is ${transaction.status} cannot be ${done}`,
      );
    return transaction;
  }

  #time(): string {
    return new Date(this.#sessions.now()).toISOString();
  }
}
