import type { Delivery } from "./deliveries/delivery.ts";
import { SandboxError } from "./errors.ts";
import type { PayOutcome } from "./page-api.ts";
import type { Sandbox } from "./sandbox.ts";
import type { Session, SessionRequest } from "./session.ts";
import type { SessionRecord } from "./sessions/sessions.ts";
import type { Transaction } from "./transaction.ts";
import { validateSession } from "./validate.ts";
import { worldOf, type World } from "./world.ts";

/** What `createOrder` makes where nothing else is said. */
export const sampleSession: SessionRequest = {
  url: { return_url: "https://shop.example/thanks" },
  order: {
    amount: 29990,
    currency: "NOK",
    merchant_reference: "order-001",
    vat_amount: 5998,
    items: [
      {
        ...{ id: "item-1", line_id: "1", description: "Blue T-Shirt", quantity: 1 },
        ...{ amount: 29990, vat_amount: 5998, vat: 25 },
      },
    ],
  },
  profile_id: "default",
};

/** What a shopper pays with, and what comes of it. */
export interface PayOptions {
  /** Dintero's name. Default `payex.creditcard`. */
  readonly payment_product_type?: string;
}

/**
 * A session as a merchant's server would make it, with what is given in place of the sample's parts.
 *
 * @throws {SandboxError} `invalid_body` with the paths that Dintero would refuse.
 */
export async function createOrder(sandbox: Sandbox, session: Partial<SessionRequest> = {}): Promise<Session> {
  const url = { ...sampleSession.url, ...session.url };
  const request = validateSession({ ...sampleSession, ...session, url }, true, sandbox.sessions.now());
  return sandbox.sessions.create(sandbox.accountId, request).session;
}

/** The shopper pays: the transaction is `AUTHORIZED`. */
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
  const [world, record] = open(session);
  return world.transactions.release(record, status);
}

/** The shopper cancels. */
export async function cancel(session: Session): Promise<Session> {
  const [world, record] = open(session);
  world.transactions.cancel(record);
  return record.session;
}

/** Its time is over. */
export async function expire(session: Session): Promise<Session> {
  const [world, record] = open(session);
  world.sessions.expire(record);
  return record.session;
}

const told = new WeakMap<World, Map<string, number>>();

/**
 * Resolves to the next callback of this session that the merchant answered, refused or never answered; each is told once,
 * also when it was over before it was asked for.
 *
 * @param timeout ms to wait. Default 15,000.
 * @throws {SandboxError} `no_callback_url` at once, `no_callback` after the timeout.
 */
export async function nextCallback(session: Session, { timeout = 15_000 } = {}): Promise<Delivery> {
  const [world, record] = open(session);
  if (record.session.url.callback_url === undefined)
    throw new SandboxError(
      400,
      "no_callback_url",
      "The session has no url.callback_url, so nothing is called",
    );
  const seen = told.get(world) ?? new Map<string, number>();
  told.set(world, seen);
  const { finished } = world.deliveries;
  const end = Date.now() + timeout;
  let after = seen.get(session.id) ?? 0;
  for (;;) {
    const deliveries = await finished.next(after, end - Date.now());
    // Another who waits may have been told of some meanwhile.
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

function attempt(
  session: Session,
  outcome: PayOutcome,
  { payment_product_type = "payex.creditcard" }: PayOptions,
) {
  const [world, record] = open(session);
  world.transactions.pay(record, { outcome, payment_product_type });
  return world.transactions.of(record);
}

function open(session: Session): [World, SessionRecord] {
  const world = worldOf(session);
  if (!world)
    throw new SandboxError(
      400,
      "unknown_session",
      "Take the session from createOrder() or sandbox.sessions.get(id)",
    );
  return [world, world.sessions.require(session)];
}
