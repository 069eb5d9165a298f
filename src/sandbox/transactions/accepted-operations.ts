import { SandboxError } from "../errors.ts";
import { randomId } from "../ids.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { Transaction } from "../transaction.ts";
import { noted } from "./money-operations.ts";
import type { Correction, OperationRequest, PendingOperation } from "../pending-operation.ts";
import { correctedEvent, eventsCorrectedLater } from "./corrected-operations.ts";
import type { CorrelatedOperation, Transactions } from "./transactions.ts";

/** How an operation that was accepted with 202 ends. */
export interface Acceptance {
  /** ms until it is done. Default 1000. */
  readonly after?: number;
  /** It fails: its event has `success: false`. */
  readonly fails?: boolean;
}

/** An operation that was accepted. */
export interface Accepted {
  readonly transaction: Transaction;
  /** Of the `INITIATE_…` event; the answer's header `event-request-id`. */
  readonly requestId: string;
}

/** Captures, refunds and voids that are answered with 202 and done later. */
export class AcceptedOperations {
  readonly #sessions: Sessions;
  readonly #transactions: Transactions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(sessions: Sessions, transactions: Transactions) {
    this.#sessions = sessions;
    this.#transactions = transactions;
  }

  /** Refuses what could not be done at once; the rest is noted, and done `after` ms. */
  accept(
    record: SessionRecord,
    { operation, request }: OperationRequest,
    { after = 1000, fails = false }: Acceptance,
    correction?: Correction,
  ): Accepted {
    const before = this.#transactions.of(record);
    const events = this.#transactions.eventsOf(record, { operation, request });
    const amount = events[0]?.amount ?? request.amount;
    const requestId = randomId();
    record.pending = [
      ...(record.pending ?? []),
      { requestId, operation, request: { ...request, amount }, fails, ...(correction && { correction }) },
    ];
    const transaction = this.#transactions.addEvents(record, [
      {
        ...noted(before, { ...request, amount }),
        event: `INITIATE_${operation}`,
        transaction_status: before.status,
        request_id: requestId,
      },
    ]);
    this.#later(after, () => this.complete(record, requestId));
    return { transaction, requestId };
  }

  /** Does it at once, but its event looks failed until its correction is read. */
  correct(record: SessionRecord, operation: CorrelatedOperation, { after }: Correction): void {
    const transaction = this.#transactions.of(record);
    const [done, ...rest] = this.#transactions.eventsOf(record, operation);
    if (!done) return;
    if (after === undefined) {
      this.#transactions.addEvents(record, [correctedEvent(transaction, done), ...rest]);
      return;
    }
    const [failed, corrects] = eventsCorrectedLater(transaction, done);
    this.#transactions.addEvents(record, [failed]);
    this.#later(after, () => this.#transactions.addEvents(record, [corrects, ...rest]));
  }

  #later(ms: number, job: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      job();
    }, ms);
    // Such a timer must not keep a finished script alive; browsers' timers are plain numbers.
    (timer as Partial<typeof timer>).unref?.();
    this.#timers.add(timer);
  }

  /** Does what a session has waiting, or one of it, at once. */
  complete(record: SessionRecord, requestId?: string): void {
    for (const pending of record.pending ?? [])
      if (requestId === undefined || pending.requestId === requestId) this.#finish(record, pending);
  }

  /** Completes the operations that a restart interrupted. */
  completeAll(): void {
    for (const record of this.#sessions.records()) this.complete(record);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #finish(record: SessionRecord, pending: PendingOperation): void {
    const { requestId, operation, request, fails, correction } = pending;
    record.pending = record.pending?.filter((other) => other.requestId !== requestId);
    try {
      if (fails) throw new SandboxError(500, "operation_failed", "The payment provider refused it");
      const correlated = { operation, request, correlationId: requestId };
      if (correction) this.correct(record, correlated, correction);
      else this.#transactions.operate(record, correlated);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      const { code, message } = error;
      this.#transactions.addEvents(record, [
        {
          event: operation,
          amount: request.amount,
          transaction_status: this.#transactions.of(record).status,
          success: false,
          correlation_request_id: requestId,
          error: { code, message, retry_policy: { retry_codes: ["RETRY_AFTER_DELAY"] } },
        },
      ]);
    }
  }
}
