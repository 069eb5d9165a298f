import type { Capture } from "../dintero/capture.ts";
import type { ExpressAnswer } from "../dintero/express.ts";
import type { Refund } from "../dintero/refund.ts";
import { expressAnswer } from "../dintero/rules/express-answer.ts";
import { moneyMovement, transactionUpdate } from "../dintero/rules/money.ts";
import { fieldOf, problem, type Fields, type Problem, type Rule } from "../dintero/rules/rule.ts";
import { newSession, sessionUpdate } from "../dintero/rules/session.ts";
import { answerSumProblems, isSummable, sumProblems, updateSumProblems } from "../dintero/rules/sums.ts";
import type { Session, SessionRequest, SessionUpdate } from "../dintero/session.ts";
import type { TransactionUpdate } from "../dintero/transaction.ts";
import { DinteroError } from "./errors.ts";

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
export function checkMovement(movement: Capture | Refund, name: "capture" | "refund"): void {
  check(moneyMovement, movement, name);
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

function check(rule: Rule, value: unknown, path: string): void {
  refuse(rule(value, path));
}

/** @throws {DinteroError} `invalid-session`, with the first problem as its message and all of them as `errors`. */
function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) throw new DinteroError("invalid-session", first.message, { errors: problems });
}
