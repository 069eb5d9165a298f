import { SandboxError } from "../errors.ts";
import type { PageOutcome, PayRequest } from "../page-api.ts";
import type { AuthorizationRequest, MoneyRequest } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { Transaction } from "../transaction.ts";
import { changeAuthorization } from "./authorization.ts";
import { eventsOf, requireStatus, type NewEvent } from "./money-operations.ts";
import { newTransaction, results } from "./new-transaction.ts";
import type { Notice } from "./notice.ts";
import { cancelledOutcome, outcomeOf } from "./outcome.ts";
import { isOperation, type OperationRequest } from "../pending-operation.ts";
import { capturesAutomatically, paymentCard, requirePayable } from "./prepare-payment.ts";
import type { SavedCards } from "./saved-cards.ts";
import { outcomeOfCard, timesOut } from "./test-cards.ts";
import { withEvents } from "./with-events.ts";

/** An operation, and the `INITIATE_…` event that it completes, if there is one. */
export interface CorrelatedOperation extends OperationRequest {
  readonly correlationId?: string | undefined;
}

export interface TransactionsOptions {
  readonly sessions: Sessions;
  readonly savedCards: SavedCards;
  /** Called for everything that a callback may report. */
  readonly onNotice: (record: SessionRecord, notice: Notice) => void;
}

/** What happens to money: paying, and what the merchant does with it afterwards. */
export class Transactions {
  readonly #sessions: Sessions;
  readonly #savedCards: SavedCards;
  readonly #onNotice: TransactionsOptions["onNotice"];

  constructor({ sessions, savedCards, onNotice }: TransactionsOptions) {
    this.#sessions = sessions;
    this.#savedCards = savedCards;
    this.#onNotice = onNotice;
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
    requirePayable(record, request);
    const { payment_product_type, page } = request;
    const outcome = outcomeOfCard(request, capturesAutomatically(record.session));
    if (outcome === "rejected") throw this.#reject(record, payment_product_type);
    const now = this.#sessions.time();
    const card = paymentCard(record, { ...request, outcome }, { savedCards: this.#savedCards, now });
    const { session } = record;
    const transaction = newTransaction({
      session,
      payment_product_type,
      outcome,
      card,
      checkboxes: request.checkboxes,
      now,
    });
    this.#sessions.setTransaction(record, transaction);
    const result = outcomeOf(session, transaction.id, outcome);
    const { amount } = transaction;
    this.#sessions.end(record, result, {
      page,
      fields: result.type === "SessionPaymentError" ? {} : { transaction_id: transaction.id },
      events: results[outcome].sessionEvents.map((name) => ({
        name,
        details: { payment_product_type, amount },
      })),
    });
    if (outcome === "authorized" && transaction.status === "AUTHORIZED" && capturesAutomatically(session))
      this.#change(record, eventsOf.CAPTURE({ transaction, request: { amount } }));
    record.awaitsCapture = outcome === "capture_failed";
    if (record.awaitsCapture) return result;
    const error = result.type === "SessionPaymentError" ? result.error : undefined;
    this.#onNotice(record, { kind: "result", ...(error && error !== "capture" && { error }) });
    return result;
  }

  /** One attempt failed; another payment method can still complete the session. */
  #reject(record: SessionRecord, payment_product_type: string): SandboxError {
    const { amount } = record.session.order;
    const details = { payment_product_type, amount, error: { message: "Rejected" } };
    this.#sessions.change(record, {}, { name: "PAY_FAILED", details });
    return new SandboxError(422, "payment_rejected", "The payment was rejected: the session stays open");
  }

  /** The shopper cancels. */
  cancel(record: SessionRecord, page?: string): PageOutcome {
    this.#sessions.requireOpen(record);
    const outcome = cancelledOutcome(record.session);
    this.#sessions.end(record, outcome, { events: [{ name: "CANCELLED" }], page });
    this.#onNotice(record, { kind: "result", error: "cancelled" });
    return outcome;
  }

  /** The merchant cancels; what was authorized is voided, what was captured or is on hold is refused. */
  cancelByMerchant(record: SessionRecord, by: string): void {
    const { session, transaction } = record;
    if (session.cancelled_at)
      throw new SandboxError(400, "session_cancelled", "The session is already cancelled");
    if (transaction) {
      requireStatus(transaction, ["INITIATED", "AUTHORIZED"], "cancelled with its session");
      this.void(record);
    }
    this.#sessions.end(record, cancelledOutcome(record.session), {
      fields: { cancelled_at: this.#sessions.time(), cancelled_by: by },
      events: [{ name: "CANCELLED" }],
    });
  }

  /** What was on hold, or not yet known, is decided. */
  release(record: SessionRecord, status: "AUTHORIZED" | "FAILED"): Transaction {
    requireStatus(this.of(record), ["ON_HOLD", "INITIATED", "UNKNOWN"], "decided");
    const failed = status === "FAILED";
    const changed = this.#change(record, [
      { event: "AUTHORIZE", transaction_status: status, success: !failed },
    ]);
    record.outcome = outcomeOf(record.session, changed.id, failed ? "failed" : "authorized");
    this.#onNotice(record, failed ? { kind: "result", error: "failed" } : { kind: "result" });
    return changed;
  }

  /** Back on hold, from authorized: what Dintero's checks may do, for trying out. */
  hold(record: SessionRecord): Transaction {
    requireStatus(this.of(record), ["AUTHORIZED"], "put on hold");
    const changed = this.#change(record, [{ event: "AUTHORIZE", transaction_status: "ON_HOLD" }]);
    record.outcome = outcomeOf(record.session, changed.id, "on_hold");
    this.#onNotice(record, { kind: "result" });
    return changed;
  }

  /** A status that no payment here leads to by itself, for trying out what comes before the result is known. */
  unsettle(record: SessionRecord, status: "INITIATED" | "UNKNOWN"): Transaction {
    requireStatus(this.of(record), ["AUTHORIZED", "ON_HOLD"], "put back");
    return this.#change(record, [{ event: "INITIALIZE", transaction_status: status }]);
  }

  capture(record: SessionRecord, request: MoneyRequest): Transaction {
    return this.operate(record, { operation: "CAPTURE", request });
  }

  refund(record: SessionRecord, request: MoneyRequest): Transaction {
    return this.operate(record, { operation: "REFUND", request });
  }

  void(record: SessionRecord): Transaction {
    return this.operate(record, { operation: "VOID", request: { amount: 0 } });
  }

  /** Captures, refunds or voids at once. `correlationId` is of the `INITIATE_…` event that this completes. */
  operate(record: SessionRecord, { operation, request, correlationId }: CorrelatedOperation): Transaction {
    return this.addEvents(record, this.eventsOf(record, { operation, request, correlationId }));
  }

  /** What an operation would add, or a refusal. */
  eventsOf(
    record: SessionRecord,
    { operation, request, correlationId }: CorrelatedOperation,
  ): readonly NewEvent[] {
    const transaction = this.of(record);
    if (timesOut(transaction.card, operation))
      throw new SandboxError(
        503,
        "provider_timeout",
        "The payment provider did not answer in time: a test card",
      );
    const events = eventsOf[operation]({ transaction, request, pending: record.pending });
    return events.map((event) => ({
      ...event,
      ...(correlationId && { correlation_request_id: correlationId }),
    }));
  }

  /** Adds events of operations, which the merchant may be called back about. */
  addEvents(record: SessionRecord, events: readonly NewEvent[]): Transaction {
    const before = this.of(record).events.length;
    const changed = this.#change(record, events);
    for (const { event, id, success } of changed.events.slice(before))
      if (success && isOperation(event)) this.#onNotice(record, { kind: "event", event, eventId: id });
    if (record.awaitsCapture && events.some(({ event }) => event === "CAPTURE")) {
      record.awaitsCapture = false;
      this.#onNotice(record, { kind: "result" });
    }
    return changed;
  }

  /** What `POST /transactions/{id}/authorization` changes. */
  authorize(record: SessionRecord, request: AuthorizationRequest): Transaction {
    const wasOnHold = this.of(record).status === "ON_HOLD";
    const { fields, event } = changeAuthorization(this.of(record), request);
    const changed = this.#change(record, [event], fields);
    if (!wasOnHold) return changed;
    record.outcome = outcomeOf(record.session, changed.id, "authorized");
    this.#onNotice(record, { kind: "result" });
    return changed;
  }

  /** The one field of a transaction that the merchant can change. */
  setReference(record: SessionRecord, merchant_reference_2: string): Transaction {
    return this.#change(record, [], { merchant_reference_2 });
  }

  #change(
    record: SessionRecord,
    events: readonly NewEvent[],
    fields: Partial<Transaction> = {},
  ): Transaction {
    const changed = withEvents(this.of(record), { events, fields, now: this.#sessions.time() });
    this.#sessions.setTransaction(record, changed, events.at(-1)?.event.toLowerCase() ?? "changed");
    return changed;
  }
}
