import type { Capture } from "../dintero/capture.ts";
import { isTestId } from "../dintero/ids.ts";
import type { Refund } from "../dintero/refund.ts";
import type { CreatedSession, Session, SessionRequest, SessionUpdate } from "../dintero/session.ts";
import type { TransactionQuery } from "../dintero/transaction-query.ts";
import type { Transaction, TransactionUpdate } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { cancelSession } from "./cancel-session.ts";
import { captureTransaction } from "./capture-transaction.ts";
import { checkClientOptions, type DinteroClientOptions } from "./client-options.ts";
import { createConnection } from "./connection.ts";
import { createSession } from "./create-session.ts";
import { getSession } from "./get-session.ts";
import { getTransaction } from "./get-transaction.ts";
import { listTransactions } from "./list-transactions.ts";
import { refundTransaction } from "./refund-transaction.ts";
import { request, type RequestOptions } from "./request.ts";
import { updateSession, type UpdateOptions } from "./update-session.ts";
import { updateTransaction } from "./update-transaction.ts";
import { voidTransaction } from "./void-transaction.ts";

/** Dintero's REST as functions; each rejects with a `DinteroError`. */
export interface DinteroClient {
  readonly accountId: string;
  /** Whether the account is a test account (`T…`), where no real money moves. */
  readonly testMode: boolean;
  /** `POST /sessions-profile`, with `strict-session-amounts`. A repeat leaves at most an unused session behind. */
  createSession(session: SessionRequest, options?: CallOptions): Promise<CreatedSession>;
  /** `GET /sessions/{id}`. */
  getSession(sessionId: string, options?: CallOptions): Promise<Session>;
  /** `PUT /sessions/{id}`, by default with `remove_lock`: the page locks the session first. */
  updateSession(sessionId: string, update: SessionUpdate, options?: UpdateOptions): Promise<Session>;
  /** `POST /sessions/{id}/cancel`: also voids a transaction that is initiated or authorized. */
  cancelSession(sessionId: string, options?: CallOptions): Promise<Session>;
  /** `GET /transactions/{id}`. */
  getTransaction(transactionId: string, options?: CallOptions): Promise<Transaction>;
  /**
   * `GET /transactions`: 10 of them by default, at most 100 (`limit`). Finds a payment whose callback was lost, by
   * `session_id` or `merchant_reference`. A filter whose value is `undefined` or `""` is refused.
   */
  listTransactions(query?: TransactionQuery, options?: CallOptions): Promise<readonly Transaction[]>;
  /** `PUT /transactions/{id}`: changes `merchant_reference_2`. */
  updateTransaction(
    transactionId: string,
    update: TransactionUpdate,
    options?: CallOptions,
  ): Promise<Transaction>;
  /**
   * `POST /transactions/{id}/capture`. Dintero may accept it (202) and capture later: then the transaction keeps its
   * status and has an `INITIATE_CAPTURE` event, until a `CAPTURE` event with its `request_id` as
   * `correlation_request_id` follows. Read the status, or have it called back with `report_event=CAPTURE`.
   */
  captureTransaction(transactionId: string, capture: Capture, options?: CallOptions): Promise<Transaction>;
  /** `POST /transactions/{id}/refund`. May be accepted and done later, as a capture may. */
  refundTransaction(transactionId: string, refund: Refund, options?: CallOptions): Promise<Transaction>;
  /** `POST /transactions/{id}/void`. May be accepted and done later, as a capture may. */
  voidTransaction(transactionId: string, options?: CallOptions): Promise<Transaction>;
  /**
   * Any other call of Dintero's checkout API, such as `POST /sessions/pay`: `path` is what follows `/v1`, without a
   * query. Resolves to the parsed answer, or to undefined when it is empty. Repeated where it is a `GET`, or Dintero
   * certainly did not process the request.
   */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
}

/** Makes the client that everything else is built on. Throws a `DinteroError` (`invalid-options`) that names the option. */
export function createDinteroClient(options: DinteroClientOptions): DinteroClient {
  const settings = checkClientOptions(options);
  const call = createConnection(settings);
  return {
    accountId: settings.accountId,
    testMode: isTestId(settings.accountId),
    createSession: createSession(call),
    getSession: getSession(call),
    updateSession: updateSession(call),
    cancelSession: cancelSession(call),
    getTransaction: getTransaction(call),
    listTransactions: listTransactions(call),
    updateTransaction: updateTransaction(call),
    captureTransaction: captureTransaction(call),
    refundTransaction: refundTransaction(call),
    voidTransaction: voidTransaction(call),
    request: request(call),
  };
}
