import { isFollowableHref } from "../core/addresses.ts";
import { ownField } from "../core/own-fields.ts";
import type { CardToken } from "../dintero/card-token.ts";
import { accountOf, isAccountId, isId } from "../dintero/ids.ts";
import { latestRequestId, type Operation } from "../dintero/operation-result.ts";
import type { CreatedSession, Session } from "../dintero/session.ts";
import type { Transaction } from "../dintero/transaction.ts";
import {
  checkMovement,
  checkQuery,
  checkSession,
  checkSessionUpdate,
  checkTransactionUpdate,
} from "./check-request.ts";
import type { AnswerContext } from "./transport/attempts.ts";

/** What an answer must fit. */
interface Expected extends AnswerContext {
  /** The account of the client. */
  readonly accountId: string;
  /** The id in the path; `""` where there is none. */
  readonly id: string;
}

/** One call of Dintero's checkout API. */
export interface Call<T> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `checkoutUrl`; `{id}` is the id that the call is about. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Refuses, before it is sent, a body or a query that Dintero would refuse or misread. */
  readonly check?: (input: never) => void;
  /** Whether a repeat does no harm. If not, it is repeated only where Dintero certainly did not process it. */
  readonly repeatable: boolean;
  /** Reads a 2xx answer. Throws where it is not about what was requested. */
  parse(answer: unknown, expected: Expected): T;
}

/** A transaction that a capture, refund or void was accepted for: done already, or later. */
export interface AcceptedTransaction extends Transaction {
  /** By which `operationResult()` finds how it ends; `""` where Dintero named none. */
  readonly requestId: string;
}

/** Amounts that do not add up are refused. */
const headers = { "dintero-feature-toggles": "strict-session-amounts" };

const [read, write] = [{ method: "GET", repeatable: true }, { repeatable: true }] as const;
/** Not repeated: it may have moved money although its answer was lost. */
const move = { method: "POST", repeatable: false } as const;

/** Every call that has a function of its own. To add one, add a row here and a line to `createDinteroClient`. */
export const calls = {
  // At most an unused session stays behind.
  createSession: call({
    ...{ ...write, method: "POST", path: "/sessions-profile", headers },
    ...{ check: checkSession, parse: parseCreatedSession },
  }),
  getSession: call({ ...read, path: "/sessions/{id}", parse: parseOne<Session> }),
  listSessions: call({ ...read, path: "/sessions", check: checkQuery, parse: parseList<Session> }),
  updateSession: call({
    ...{ ...write, method: "PUT", path: "/sessions/{id}", headers },
    ...{ check: checkSessionUpdate, parse: parseOne<Session> },
  }),
  // It may void a transaction.
  cancelSession: call({ ...move, path: "/sessions/{id}/cancel", parse: parseOne<Session> }),
  getTransaction: call({ ...read, path: "/transactions/{id}", parse: parseOne<Transaction> }),
  listTransactions: call({
    ...read,
    path: "/transactions",
    check: checkQuery,
    parse: parseList<Transaction>,
  }),
  updateTransaction: call({
    ...{ ...write, method: "PUT", path: "/transactions/{id}" },
    ...{ check: checkTransactionUpdate, parse: parseOne<Transaction> },
  }),
  captureTransaction: call({
    ...{ ...move, path: "/transactions/{id}/capture" },
    ...{ check: checkMovement("capture"), parse: parseAccepted("CAPTURE") },
  }),
  refundTransaction: call({
    ...{ ...move, path: "/transactions/{id}/refund" },
    ...{ check: checkMovement("refund"), parse: parseAccepted("REFUND") },
  }),
  voidTransaction: call({ ...move, path: "/transactions/{id}/void", parse: parseAccepted("VOID") }),
  listCardTokens: call({ ...read, path: "/card-tokens", check: checkQuery, parse: parseList<CardToken> }),
  getCardToken: call({ ...read, path: "/card-tokens/{id}", parse: parseOne<CardToken> }),
  deleteCardToken: call({ ...write, method: "DELETE", path: "/card-tokens/{id}", parse: parseNothing }),
};

/** Gives a row its type. */
function call<T>(row: Call<T>): Call<T> {
  return row;
}

/** The session, transaction or card that was requested. */
function parseOne<T extends { readonly id: string }>(answer: unknown, expected: Expected): T {
  checkIdOf(answer, expected);
  return answer as T;
}

function parseList<T extends { readonly id: string }>(answer: unknown, expected: Expected): readonly T[] {
  if (!Array.isArray(answer)) throw new TypeError("not a list");
  for (const one of answer) checkIdOf(one, { ...expected, id: "" });
  return answer as readonly T[];
}

function parseCreatedSession(answer: unknown, expected: Expected): CreatedSession {
  const id = checkIdOf(answer, expected);
  const url = ownField(answer, "url");
  // With `channel: "in_app"` it may be an app's link, such as vipps://….
  if (!isFollowableHref(url)) throw new TypeError("no url that a shopper could be sent to");
  // It goes to the browser.
  if (expected.redact(url) !== url) throw new TypeError("a url that contains a secret");
  return { id, url };
}

function parseAccepted(operation: Operation): Call<AcceptedTransaction>["parse"] {
  return (answer, expected) => {
    const transaction = parseOne<Transaction>(answer, expected);
    const requestId = expected.headers.get("event-request-id") || latestRequestId(transaction, operation);
    return { ...transaction, requestId };
  };
}

/** Whatever Dintero answers to a deletion, unless it is about something else. */
function parseNothing(answer: unknown, expected: Expected): void {
  if (ownField(answer, "id") !== undefined) checkIdOf(answer, expected);
}

/** Throws for an answer about something else, or of another account: of a token that lay in a shared store, perhaps. */
function checkIdOf(answer: unknown, { id: wanted, accountId }: Expected): string {
  const id = ownField(answer, "id");
  if (!isId(id)) throw new TypeError("no id");
  if (wanted && id !== wanted) throw new TypeError("about another id than the one that was requested");
  const account = accountOf(id);
  if (isAccountId(account) && account !== accountId) throw new TypeError(`of another account, ${account}`);
  return id;
}
