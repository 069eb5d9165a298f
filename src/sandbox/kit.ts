import type { SessionRequest } from "../dintero/session.ts";
import type { Deliveries } from "./deliveries/deliveries.ts";
import type { Delivery } from "./deliveries/delivery.ts";
import { SandboxError } from "./errors.ts";
import type { PayOutcome } from "./page-api.ts";
import type { Profiles } from "./profiles/profiles.ts";
import { sampleSession } from "./sample-session.ts";
import { parseSession } from "./requests.ts";
import type { Sandbox } from "./sandbox-parts.ts";
import { ownerOf, type SessionOwner } from "./session-owner.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { Transaction } from "./transaction.ts";
import type { Transactions } from "./transactions/transactions.ts";

/** What a shopper pays with. */
export interface PayOptions {
  /** Dintero's name. Default the first card that the session offers, or the first of its methods. */
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
  return kitOf(session).pay(session, "authorized", options.payment_product_type);
}

/** The shopper tries to pay and is rejected: `DECLINED`. */
export async function decline(session: Session, options: PayOptions = {}): Promise<Transaction> {
  return kitOf(session).pay(session, "declined", options.payment_product_type);
}

/** The shopper pays, and Dintero looks closer first: `ON_HOLD`, until `release()`. */
export async function hold(session: Session, options: PayOptions = {}): Promise<Transaction> {
  return kitOf(session).pay(session, "on_hold", options.payment_product_type);
}

/** The closer look ends. */
export async function release(session: Session, status: "AUTHORIZED" | "FAILED"): Promise<Transaction> {
  return kitOf(session).release(session, status);
}

/** The shopper cancels. */
export async function cancel(session: Session): Promise<Session> {
  return kitOf(session).cancel(session);
}

/** Its time is over. */
export async function expire(session: Session): Promise<Session> {
  return kitOf(session).expire(session);
}

/**
 * Resolves to the next callback of this session that the merchant answered, refused or never answered; each is returned once,
 * also when it was over before the call.
 *
 * @param timeout ms to wait. Default 15,000.
 * @throws {SandboxError} `no_callback_url` at once, `no_callback` after the timeout.
 */
export async function nextCallback(session: Session, { timeout = 15_000 } = {}): Promise<Delivery> {
  return kitOf(session).nextCallback(session, timeout);
}

function kitOf(session: Session): SessionOwner {
  const owner = ownerOf(session);
  if (!owner)
    throw new SandboxError(
      400,
      "unknown_session",
      "Take the session from createOrder() or sandbox.sessions.get(id)",
    );
  return owner;
}

interface KitParts {
  readonly profiles: Profiles;
  readonly sessions: Sessions;
  readonly transactions: Transactions;
  readonly deliveries: Deliveries;
}

/** The testing kit of one sandbox, which its sessions lead to. */
export class Kit implements SessionOwner {
  readonly #parts: KitParts;
  /** Numbers of the callbacks that `nextCallback` has returned last, by session. */
  readonly #returned = new Map<string, number>();

  constructor(parts: KitParts) {
    this.#parts = parts;
  }

  pay(session: Session, outcome: PayOutcome, type: string | undefined): Transaction {
    const { sessions, transactions, profiles } = this.#parts;
    const record = sessions.require(session);
    const payment_product_type = type ?? profiles.usualType(record.session);
    transactions.pay(record, { outcome, payment_product_type });
    return transactions.of(record);
  }

  release(session: Session, status: "AUTHORIZED" | "FAILED"): Transaction {
    return this.#parts.transactions.release(this.#parts.sessions.require(session), status);
  }

  cancel(session: Session): Session {
    const record = this.#parts.sessions.require(session);
    this.#parts.transactions.cancel(record);
    return record.session;
  }

  expire(session: Session): Session {
    const record = this.#parts.sessions.require(session);
    this.#parts.sessions.expire(record);
    return record.session;
  }

  async nextCallback(session: Session, timeout: number): Promise<Delivery> {
    const { id, url } = this.#parts.sessions.require(session).session;
    if (url.callback_url === undefined)
      throw new SandboxError(
        400,
        "no_callback_url",
        "The session has no url.callback_url, so nothing is called",
      );
    const { finished } = this.#parts.deliveries;
    const end = Date.now() + timeout;
    let after = this.#returned.get(id) ?? 0;
    for (;;) {
      const deliveries = await finished.next(after, end - Date.now());
      // Another call that waits may have returned some meanwhile.
      const last = this.#returned.get(id) ?? 0;
      const found = deliveries.find(({ sessionId, seq }) => sessionId === id && seq > last);
      if (found) {
        this.#returned.set(id, found.seq);
        return found;
      }
      after = finished.seq;
      if (Date.now() >= end)
        throw new SandboxError(504, "no_callback", `No callback of ${id} was over within ${timeout} ms`);
    }
  }
}
