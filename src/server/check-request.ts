import type { Capture } from "../dintero/capture.ts";
import type { ExpressAnswer } from "../dintero/express.ts";
import type { Refund } from "../dintero/refund.ts";
import { expressAnswer } from "../dintero/rules/express-answer.ts";
import { moneyMovement, transactionUpdate } from "../dintero/rules/money.ts";
import { fieldOf, problem, type Fields, type Problem, type Rule } from "../dintero/rules/rule.ts";
import { newSession, sessionUpdate } from "../dintero/rules/session.ts";
import { answerSumProblems, isSummable, sumProblems, updateSumProblems } from "../dintero/rules/sums.ts";
import type { Session, SessionRequest, SessionUpdate } from "../dintero/session.ts";
import type { TransactionQuery } from "../dintero/transaction-query.ts";
import type { TransactionUpdate } from "../dintero/transaction.ts";
import { DinteroError, invalidOption } from "./errors.ts";

/** Refuses, before it is sent, a session that Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  check(newSession, session ?? {}, "");
  const order = session.order as unknown as Fields;
  if (isSummable(order, session, session.customer)) refuse(sumProblems(order));
}

/** The same for an update: its `order` may hold any of the fields of an order, or none. */
export function checkSessionUpdate(update: SessionUpdate): void {
  check(sessionUpdate, update ?? {}, "");
  refuse(updateSumProblems(update.order));
}

/** The same for a capture or a refund, whose paths begin with its name. */
export function checkMovement(name: "capture" | "refund") {
  return (movement: Capture | Refund): void => check(moneyMovement, movement, name);
}

/** The same for an update of a transaction. */
export function checkTransactionUpdate(update: TransactionUpdate): void {
  check(transactionUpdate, update, "update");
}

export interface ExpressAnswerContext {
  /** The session in Dintero's request. */
  readonly session: Session;
  /** Whether an order in the answer must have items where the session's has. */
  readonly needsItems: boolean;
}

/**
 * Refuses an answer that Dintero would refuse, or correct at the merchant's expense: an order's amount must include the
 * shipping option that is chosen in the request.
 */
export function checkExpressAnswer(
  answer: ExpressAnswer,
  { session, needsItems }: ExpressAnswerContext,
): void {
  check(expressAnswer, answer, "");
  const order = fieldOf(answer, "order") as Fields | undefined;
  if (!order) return;
  if (needsItems && session.order.items?.length && !fieldOf(order, "items"))
    refuse(problem("order.items", "required", "given: all items of the order"));
  refuse(answerSumProblems(order, session.order));
}

/** Refuses a filter without a value: it would match any payment, which could be taken for that of an order. */
export function checkQuery(query: TransactionQuery): void {
  checkParameters(query);
  for (const [name, value] of Object.entries(query)) {
    const values = [value].flat();
    if (!values.length || values.some((one) => one === undefined || one === "")) {
      throw invalidOption(`query.${name}`, "given, or left out");
    }
  }
  const { limit } = query;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= 100)) {
    throw invalidOption("query.limit", "from 1 to 100");
  }
}

const parameterTypes: readonly string[] = ["string", "number", "boolean", "undefined"];

/** Refuses query parameters that are not texts, numbers, booleans or lists of them. */
export function checkParameters(query: object): void {
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    if (![value].flat().every((one) => parameterTypes.includes(typeof one))) {
      throw invalidOption(`query.${name}`, "a text, a number, a boolean or a list of them");
    }
  }
}

/** Refuses a path that is not of plain segments: an id from outside must not lead elsewhere. */
export function checkPath(path: unknown): void {
  const segments = typeof path === "string" && path.startsWith("/") ? path.slice(1).split("/") : [""];
  const arePlain = segments.every((segment) => /^[\w.~-]+$/.test(segment) && !/^\.\.?$/.test(segment));
  if (!arePlain) throw invalidOption("path", "like /sessions/pay, of A-Z a-z 0-9 . _ ~ -; use query for ?");
  if (segments[0] === "v1") throw invalidOption("path", "without /v1, which is added");
}

function check(rule: Rule, value: unknown, path: string): void {
  refuse(rule(value, path));
}

/** @throws {DinteroError} `invalid-session`, with the first problem as its message and all of them as `errors`. */
function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) throw new DinteroError("invalid-session", first.message, { errors: problems });
}
