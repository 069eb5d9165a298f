import type { SessionRequest } from "../dintero/session.ts";
import { contextOf, type Sandbox, type SandboxContext } from "./context.ts";
import type { Delivery } from "./deliveries/delivery.ts";
import { SandboxError } from "./errors.ts";
import type { PayOutcome } from "./page-api.ts";
import { sampleSession } from "./sample-session.ts";
import { parseSession } from "./requests.ts";
import type { Session } from "./session.ts";
import type { SessionRecord } from "./sessions/session-record.ts";
import type { Transaction } from "./transaction.ts";
import { usualType } from "./transactions/payment-methods.ts";

/** What a shopper pays with. */
export interface PayOptions {
  /** Dintero's name. Default `payex.creditcard`, or `dintero.zero` where there is nothing to pay. */
  readonly payment_product_type?: string;
}

/**
 * A session as a merchant's server would make it, with what is given in place of the sample's parts.
 *
 * @throws {SandboxError} `invalid_body` with the paths that Dintero would refuse.
 */
export async function createOrder(sandbox: Sandbox, session: Partial<SessionRequest> = {}): Promise<Session> {
  const url = { ...sampleSession.url, ...session.url };
  const request = parseSession(
    { ...sampleSession, ...session, url },
    { strict: true, now: sandbox.sessions.now() },
  );
  return sandbox.sessions.create(sandbox.accountId, request).session;
}

/** The shopper pays: the transaction is `AUTHORIZED`, or `CAPTURED` where Dintero captures at once. */
export async function pay(session: Session, options: PayOptions = {}): Promise<Transaction> {
  return attempt(session, "authorized", options);
}

/** The shopper tries to pay and is rejected: `DECLINED`. */
export async function decline(session: Session, options: PayOptions = {}): Promise<Transaction> {
  return attempt(session, "declined", options);
}

/** The shopper pays, and Dintero looks closer first: `ON_HOLD`, until `release()`. */
export async function hold(session: Session, options: PayOptions = {}): Promise<Transaction> {
  return attempt(session, "on_hold", options);
}

/** The closer look ends. */
export async function release(session: Session, status: "AUTHORIZED" | "FAILED"): Promise<Transaction> {
  const [context, record] = open(session);
  return context.transactions.release(record, status);
}

/** The shopper cancels. */
export async function cancel(session: Session): Promise<Session> {
  const [context, record] = open(session);
  context.transactions.cancel(record);
  return record.session;
}

/** Its time is over. */
export async function expire(session: Session): Promise<Session> {
  const [context, record] = open(session);
  context.sessions.expire(record);
  return record.session;
}

/** Numbers of the callbacks that `nextCallback` has returned last, by session. */
const returned = new WeakMap<SandboxContext, Map<string, number>>();

/**
 * Resolves to the next callback of this session that the merchant answered, refused or never answered; each is returned once,
 * also when it was over before the call.
 *
 * @param timeout ms to wait. Default 15,000.
 * @throws {SandboxError} `no_callback_url` at once, `no_callback` after the timeout.
 */
export async function nextCallback(session: Session, { timeout = 15_000 } = {}): Promise<Delivery> {
  const [context, record] = open(session);
  if (record.session.url.callback_url === undefined)
    throw new SandboxError(
      400,
      "no_callback_url",
      "The session has no url.callback_url, so nothing is called",
    );
  const seen = returned.get(context) ?? new Map<string, number>();
  returned.set(context, seen);
  const { finished } = context.deliveries;
  const end = Date.now() + timeout;
  let after = seen.get(session.id) ?? 0;
  for (;;) {
    const deliveries = await finished.next(after, end - Date.now());
    // Another call that waits may have returned some meanwhile.
    const last = seen.get(session.id) ?? 0;
    const found = deliveries.find(({ sessionId, seq }) => sessionId === session.id && seq > last);
    if (found) {
      seen.set(session.id, found.seq);
      return found;
    }
    after = finished.seq;
    if (Date.now() >= end)
      throw new SandboxError(
        504,
        "no_callback",
        `No callback of ${session.id} was over within ${timeout} ms`,
      );
  }
}

function attempt(session: Session, outcome: PayOutcome, options: PayOptions): Transaction {
  const [context, record] = open(session);
  const { payment_product_type = usualType(record.session.order) } = options;
  context.transactions.pay(record, { outcome, payment_product_type });
  return context.transactions.of(record);
}

function open(session: Session): [SandboxContext, SessionRecord] {
  const context = contextOf(session);
  if (!context)
    throw new SandboxError(
      400,
      "unknown_session",
      "Take the session from createOrder() or sandbox.sessions.get(id)",
    );
  return [context, context.sessions.require(session)];
}
