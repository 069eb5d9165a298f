import type { Capture } from "../dintero/capture.ts";
import type { CardToken, CardTokenQuery } from "../dintero/card-token.ts";
import { isId, isTestId } from "../dintero/ids.ts";
import type { Refund } from "../dintero/refund.ts";
import type { SessionQuery } from "../dintero/session-query.ts";
import type { CreatedSession, Session, SessionRequest, SessionUpdate } from "../dintero/session.ts";
import type { QueryValue, TransactionQuery } from "../dintero/transaction-query.ts";
import type { Transaction, TransactionUpdate } from "../dintero/transaction.ts";
import { calls, type AcceptedTransaction, type Call } from "./calls.ts";
import { checkParameters, checkPath } from "./check-request.ts";
import { checkClientOptions, type DinteroClientOptions } from "./client-options.ts";
import { DinteroError, invalidOption } from "./errors.ts";
import { createConnection } from "./transport/connection.ts";

export interface CallOptions {
  /** Ends the call, which rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

export interface UpdateOptions extends CallOptions {
  /** Update a session that is not locked: from server to server, before its checkout was rendered. Default false. */
  readonly withoutLock?: boolean | undefined;
}

export interface RequestOptions extends CallOptions {
  /** A list is repeated, `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Dintero's REST as functions; each rejects with a `DinteroError`. */
export interface DinteroClient {
  /** `""` while it is missing. */
  readonly accountId: string;
  /** Whether the account is a test account (`T…`), where no real money moves. */
  readonly testMode: boolean;
  /** `POST /sessions-profile`, with `strict-session-amounts`. A repeat leaves at most an unused session behind. */
  createSession(session: SessionRequest, options?: CallOptions): Promise<CreatedSession>;
  /** `GET /sessions/{id}`. */
  getSession(sessionId: string, options?: CallOptions): Promise<Session>;
  /** `GET /sessions`: the sessions that match all filters. One whose value is `undefined` or `""` is refused. */
  listSessions(query?: SessionQuery, options?: CallOptions): Promise<readonly Session[]>;
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
   * status and has an `INITIATE_CAPTURE` event. Keep the `requestId`, with which `operationResult()` says whether the
   * capture is done; that it is can be called back with `report_event=CAPTURE`.
   */
  captureTransaction(
    transactionId: string,
    capture: Capture,
    options?: CallOptions,
  ): Promise<AcceptedTransaction>;
  /** `POST /transactions/{id}/refund`. May be accepted and done later, as a capture may. */
  refundTransaction(
    transactionId: string,
    refund: Refund,
    options?: CallOptions,
  ): Promise<AcceptedTransaction>;
  /** `POST /transactions/{id}/void`. May be accepted and done later, as a capture may. */
  voidTransaction(transactionId: string, options?: CallOptions): Promise<AcceptedTransaction>;
  /** `GET /card-tokens`: saved cards, by `customer_id` for instance. A filter without a value is refused. */
  listCardTokens(query?: CardTokenQuery, options?: CallOptions): Promise<readonly CardToken[]>;
  /** `GET /card-tokens/{id}`. */
  getCardToken(cardTokenId: string, options?: CallOptions): Promise<CardToken>;
  /** `DELETE /card-tokens/{id}`: the card can no longer be charged. */
  deleteCardToken(cardTokenId: string, options?: CallOptions): Promise<void>;
  /**
   * Any other call of Dintero's checkout API, such as `POST /sessions/pay`: `path` is what follows `/v1`, or the path of
   * `checkoutUrl`, without a query. Resolves to the parsed answer, or to undefined when it is empty. Repeated where it is
   * a `GET`, or Dintero certainly did not process the request.
   */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
}

/** What one use of a call is about. */
interface Use {
  /** For `{id}` in the path. */
  readonly id?: string;
  /** Checked, and sent as the query of a `GET`, else as JSON. */
  readonly input?: unknown;
  /** Sent beside the input. */
  readonly query?: Readonly<Record<string, QueryValue>>;
}

/**
 * Makes the client that everything else is built on. Throws a `DinteroError` (`invalid-options`) that names the option
 * when one is wrong; when a credential is missing, the calls reject with it.
 */
export function createDinteroClient(options: DinteroClientOptions): DinteroClient {
  const settings = checkClientOptions(options);
  const { accountId, missing } = settings;
  const connection = createConnection(settings);

  /** Checks everything before anything is sent; whatever goes wrong is a `DinteroError`. */
  async function use<T>(
    { check, parse, ...row }: Call<T>,
    { id = "", input, query }: Use,
    options?: CallOptions,
  ): Promise<T> {
    if (missing) throw missing;
    const path = row.path.includes("{id}") ? row.path.replace("{id}", checkId(id)) : row.path;
    const signal = prepare(() => checkSignal(options));
    const body = prepare(() => {
      check?.(input as never);
      return row.method === "GET" ? undefined : JSON.stringify(input);
    });
    return connection({
      ...{ ...row, path, body, signal },
      query: row.method === "GET" ? (input as Use["query"]) : query,
      parse: (content, context) => parse(content, { accountId, id, ...context }),
    });
  }

  return {
    accountId,
    testMode: isTestId(accountId),
    createSession: (input, options) => use(calls.createSession, { input }, options),
    getSession: (id, options) => use(calls.getSession, { id }, options),
    listSessions: (input = {}, options) => use(calls.listSessions, { input }, options),
    async updateSession(id, update, options) {
      const given = prepare(() => ({
        input: update && { remove_lock: true, ...update },
        query: options?.withoutLock ? { update_without_lock: true } : {},
      }));
      return use(calls.updateSession, { id, ...given }, options);
    },
    cancelSession: (id, options) => use(calls.cancelSession, { id }, options),
    getTransaction: (id, options) => use(calls.getTransaction, { id }, options),
    listTransactions: (input = {}, options) => use(calls.listTransactions, { input }, options),
    updateTransaction: (id, input, options) => use(calls.updateTransaction, { id, input }, options),
    captureTransaction: (id, input, options) => use(calls.captureTransaction, { id, input }, options),
    refundTransaction: (id, input, options) => use(calls.refundTransaction, { id, input }, options),
    voidTransaction: (id, options) => use(calls.voidTransaction, { id }, options),
    listCardTokens: (input = {}, options) => use(calls.listCardTokens, { input }, options),
    getCardToken: (id, options) => use(calls.getCardToken, { id }, options),
    deleteCardToken: (id, options) => use(calls.deleteCardToken, { id }, options),
    async request(method, path, options) {
      const given = prepare(() => {
        const { query = {}, body } = options ?? {};
        if (!methods.includes(method)) throw invalidOption("method", methods.join(", "));
        checkPath(path);
        checkParameters(query);
        const signal = checkSignal(options);
        return { query: { ...query }, body: JSON.stringify(body), signal };
      });
      if (missing) throw missing;
      return connection({
        ...given,
        method,
        path,
        repeatable: method === "GET",
        parse: (content) => content,
      });
    },
  };
}

const methods: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** An id that can stand in a path. */
function checkId(id: unknown): string {
  if (isId(id)) return id;
  throw new DinteroError("invalid-id", "id must be of A-Z a-z 0-9 . _ -, and neither . nor ..");
}

function checkSignal(options: CallOptions | undefined): AbortSignal | undefined {
  const signal = options?.signal;
  const isSignal = typeof signal?.addEventListener === "function";
  if (signal !== undefined && !isSignal) throw invalidOption("signal", "an AbortSignal");
  return signal;
}

/** What is not JSON (a BigInt, a circle, a getter that throws) is refused like any other mistake in what is sent. */
function prepare<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DinteroError) throw error;
    throw new DinteroError(
      "invalid-session",
      `the body must be JSON: ${(Object(error) as Partial<Error>).message}`,
    );
  }
}
