import { checkLine, checkSession, checkUpdate } from "./check.ts";
import { createConnection } from "./connection.ts";
import { must } from "./errors.ts";
import { isId } from "../dintero/ids.ts";
import type { Call } from "./send.ts";
import type { CreatedSession, Session, SessionRequest, SessionUpdate } from "./session.ts";
import type { TokenStore } from "./token.ts";
import type { Capture, Refund, Transaction } from "./transaction.ts";

/** Who is calling, for Dintero's support: sent as the `Dintero-System-*` headers. Printable ASCII. */
export interface SystemInfo {
  readonly name: string;
  readonly version: string;
  readonly pluginName?: string | undefined;
  readonly pluginVersion?: string | undefined;
}

export interface DinteroClientOptions {
  /** `T` (test) or `P` (production, real money) and 8 digits. */
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where tokens come from, without `/v1`. Default `https://api.dintero.com`. */
  readonly apiUrl?: string | undefined;
  /** Where sessions and transactions live, without `/v1`. Default `https://checkout.dintero.com`. */
  readonly checkoutUrl?: string | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Milliseconds for one attempt. Default 5000; 12000 for captures, refunds, voids and cancellations, which are not
   * repeated when their answer is lost. All attempts of a call end within 12 s, or within `timeout` times the number of
   * attempts where you set one and that is longer.
   */
  readonly timeout?: number | undefined;
  /**
   * Attempts after the first, on 429, 5xx, time-outs and connection errors. Default 2. Captures, refunds, voids and
   * cancellations are repeated only after 429 or a refused connection: money never moves twice.
   */
  readonly retries?: number | undefined;
  /** Lets several instances share one token. */
  readonly tokenStore?: TokenStore | undefined;
  readonly system?: SystemInfo | undefined;
  /**
   * The clock by which tokens expire, in ms since the epoch.
   * @internal
   */
  readonly now?: (() => number) | undefined;
}

export interface CallOptions {
  /** Ends the call, which rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

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
  /** `POST /sessions/{id}/cancel`: also voids a transaction that is initialized or authorized. */
  cancelSession(sessionId: string, options?: CallOptions): Promise<Session>;
  /** `GET /transactions/{id}`. */
  getTransaction(transactionId: string, options?: CallOptions): Promise<Transaction>;
  /** `POST /transactions/{id}/capture`. */
  captureTransaction(transactionId: string, capture: Capture, options?: CallOptions): Promise<Transaction>;
  /** `POST /transactions/{id}/refund`. */
  refundTransaction(transactionId: string, refund: Refund, options?: CallOptions): Promise<Transaction>;
  /** `POST /transactions/{id}/void`. */
  voidTransaction(transactionId: string, options?: CallOptions): Promise<Transaction>;
}

export interface UpdateOptions extends CallOptions {
  /** Update a session that is not locked: from server to server, before its checkout was rendered. Default false. */
  readonly withoutLock?: boolean | undefined;
}

/** Makes the client that everything else is built on. Throws a `DinteroError` (`invalid-options`) that names the option. */
export function createDinteroClient(options: DinteroClientOptions): DinteroClient {
  const call = createConnection(options);
  const { accountId } = options;

  /** Dintero is taken at its word for the fields of its answers. */
  async function ask<T>(method: string, path: string, id: string, rest: string, request?: Call): Promise<T> {
    must(isId(id), "id", "of A-Z a-z 0-9 . _ -", "invalid-id");
    return (await call(method, path + id + rest, request)) as T;
  }

  async function act(id: string, verb: string, options?: CallOptions, body?: Capture | Refund) {
    if (verb !== "void") checkLine(body, verb, 1);
    return ask<Transaction>("POST", "/transactions/", id, `/${verb}`, { ...options, body, money: true });
  }

  return {
    accountId,
    testMode: accountId[0] === "T",

    async createSession(session, options) {
      checkSession(session);
      const { id, url } = await call("POST", "/sessions-profile", {
        ...options,
        body: session,
        accept: (answer) => isId(answer["id"]) && /^https?:/.test(answer["url"] as string),
      });
      return { id, url } as CreatedSession;
    },

    getSession: (id, options) => ask("GET", "/sessions/", id, "", options),

    async updateSession(id, update, options) {
      checkUpdate(update);
      const query = options?.withoutLock ? "?update_without_lock=true" : "";
      return ask("PUT", "/sessions/", id, query, { ...options, body: { remove_lock: true, ...update } });
    },

    cancelSession: (id, options) => ask("POST", "/sessions/", id, "/cancel", { ...options, money: true }),
    getTransaction: (id, options) => ask("GET", "/transactions/", id, "", options),
    captureTransaction: (id, capture, options) => act(id, "capture", options, capture),
    refundTransaction: (id, refund, options) => act(id, "refund", options, refund),
    voidTransaction: (id, options) => act(id, "void", options),
  };
}
