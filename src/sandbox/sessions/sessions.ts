import { SandboxError } from "../errors.ts";
import { Feed } from "../feed.ts";
import { randomId } from "../ids.ts";
import type { PageDirectives, PageEvent, PageOutcome } from "../page-api.ts";
import type { Express, LogEntry, Order, Session, SessionRequest } from "../session.ts";
import { withShipping } from "./shipping.ts";
import type { Transaction } from "../transaction.ts";

/** Without the number, which the feed gives. */
type Unnumbered<T> = T extends unknown ? Omit<T, "seq"> : never;

/** A session and what the sandbox knows besides of it. */
export interface SessionRecord {
  session: Session;
  transaction?: Transaction | undefined;
  outcome: PageOutcome | null;
  directives: PageDirectives;
  /** The shopper chose it; stays chosen over an update as long as it is offered. */
  shippingLine?: string | undefined;
  /** The merchant's address callback answered with an empty list. */
  undeliverable: boolean;
  expiryTold: boolean;
  readonly feed: Feed<Unnumbered<PageEvent>>;
}

const day = 24 * 60 * 60 * 1000;

/** Every session that the sandbox remembers, oldest first; the oldest go when there are too many. */
export class Sessions {
  readonly #records = new Map<string, SessionRecord>();
  readonly #byTransaction = new Map<string, SessionRecord>();
  readonly #keep: number;
  readonly now: () => number;
  /** Told after each change. */
  onchange: (record: SessionRecord, what: string) => void = () => {};

  constructor(keep: number, now: () => number) {
    this.#keep = keep;
    this.now = now;
  }

  get size(): number {
    return this.#records.size;
  }

  /** The session as it is now, or undefined. */
  get(id: string): Session | undefined {
    return this.#records.get(id)?.session;
  }

  *[Symbol.iterator](): Iterator<Session> {
    for (const record of this.#records.values()) yield record.session;
  }

  records(): Iterable<SessionRecord> {
    return this.#records.values();
  }

  /** The record of a session id, of a session at any time of its life, or of a transaction id. */
  find(of: string | Session): SessionRecord | undefined {
    const id = typeof of === "string" ? of : of.id;
    return this.#records.get(id) ?? this.#byTransaction.get(id);
  }

  require(of: string | Session): SessionRecord {
    const record = this.find(of);
    if (!record) throw new SandboxError(404, "session_not_found", "There is no such session");
    return record;
  }

  create(account: string, request: SessionRequest, id = `${account}.${randomId()}`): SessionRecord {
    const now = this.#time();
    const session: Session = {
      ...request,
      id,
      created_at: now,
      updated_at: now,
      expires_at: request.expires_at ?? new Date(this.now() + day).toISOString(),
      events: [entry("CREATE", now)],
    };
    return this.add({ session, outcome: null, directives: {}, undeliverable: false });
  }

  /** Takes a record in, as it came from a state file too. */
  add(record: Omit<SessionRecord, "feed" | "expiryTold">): SessionRecord {
    const added: SessionRecord = { ...record, expiryTold: false, feed: new Feed(20) };
    this.#records.set(added.session.id, added);
    owners.set(added.session, this);
    if (added.transaction) this.#byTransaction.set(added.transaction.id, added);
    for (const [id, old] of this.#records) {
      if (this.#records.size <= this.#keep) break;
      this.#records.delete(id);
      if (old.transaction) this.#byTransaction.delete(old.transaction.id);
    }
    this.onchange(added, "created");
    return added;
  }

  /** Changes fields of a session, tells the page and notes the event. */
  change(record: SessionRecord, fields: Partial<Session>, event?: string): void {
    const now = this.#time();
    const events = event ? [...record.session.events, entry(event, now)] : record.session.events;
    record.session = { ...record.session, ...fields, updated_at: now, events };
    owners.set(record.session, this);
    this.onchange(record, event?.toLowerCase() ?? "changed");
  }

  setTransaction(record: SessionRecord, transaction: Transaction): void {
    record.transaction = transaction;
    this.#byTransaction.set(transaction.id, record);
  }

  expired(record: SessionRecord): boolean {
    return !record.outcome && Date.parse(record.session.expires_at) <= this.now();
  }

  /** Tells an open page of the expiry, once. */
  tellExpiry(record: SessionRecord): void {
    if (record.expiryTold || !this.expired(record)) return;
    record.expiryTold = true;
    record.feed.add({ type: "expired" });
    this.onchange(record, "expired");
  }

  expire(record: SessionRecord): void {
    this.change(record, { expires_at: this.#time() }, "EXPIRE");
    this.tellExpiry(record);
  }

  /** Locks for an update by the merchant; locked already, it keeps its lock. */
  lock(record: SessionRecord): string {
    this.requireOpen(record);
    const present = record.session.pay_lock?.id;
    if (present) return present;
    const id = randomId(12);
    this.change(record, { pay_lock: { id, created_at: this.#time() } }, "LOCK");
    return id;
  }

  /** The merchant's new order; a shipping option that the shopper chose is kept while it is offered. */
  update(record: SessionRecord, fields: { order?: Order; express?: Express }, removeLock: boolean): void {
    const { session } = record;
    const express = fields.express ? { ...session.express, ...fields.express } : session.express;
    const order = { ...session.order, ...fields.order };
    if (fields.order && !fields.order.shipping_option)
      delete (order as { shipping_option?: unknown }).shipping_option;
    const changed = { ...session, order, ...(express && { express }) };
    if (removeLock) delete (changed as { pay_lock?: unknown }).pay_lock;
    record.session = changed;
    const chosen = express?.shipping_options?.find(({ line_id }) => line_id === record.shippingLine);
    this.change(
      record,
      chosen && !order.shipping_option ? { order: withShipping(order, chosen) } : {},
      "UPDATE",
    );
    record.feed.add({ type: "changed" });
  }

  chooseShipping(record: SessionRecord, lineId: string): void {
    const option = record.session.express?.shipping_options?.find(({ line_id }) => line_id === lineId);
    if (!option) throw new SandboxError(400, "invalid_request", "That shipping option is not offered");
    record.shippingLine = lineId;
    this.change(record, { order: withShipping(record.session.order, option) });
  }

  /** Ends the session: nothing can be paid, locked or changed any more. */
  end(
    record: SessionRecord,
    outcome: PageOutcome,
    fields: Partial<Session>,
    event: string,
    page?: string,
  ): void {
    record.outcome = outcome;
    const session = { ...record.session };
    delete (session as { pay_lock?: unknown }).pay_lock;
    record.session = session;
    this.change(record, fields, event);
    record.feed.add({ type: "ended", outcome, ...(page !== undefined && { page }) });
  }

  /** Refuses what only an open session can do. */
  requireOpen(record: SessionRecord): void {
    this.tellExpiry(record);
    if (this.expired(record)) throw new SandboxError(404, "session_expired", "The session has expired");
    if (record.outcome) throw new SandboxError(409, "session_ended", "The session is already completed");
  }

  /** Refuses what the shopper cannot do while the merchant updates the session. */
  requireUnlocked(record: SessionRecord): void {
    this.requireOpen(record);
    if (record.session.pay_lock)
      throw new SandboxError(409, "session_locked", "The session is being updated");
  }

  clear(): void {
    for (const { feed } of this.#records.values()) feed.clear();
    this.#records.clear();
    this.#byTransaction.clear();
  }

  #time(): string {
    return new Date(this.now()).toISOString();
  }
}

function entry(event: string, now: string): LogEntry {
  return { id: randomId(12), event, created_at: now };
}

/** Every session that was handed out leads back to where it is kept. */
const owners = new WeakMap<Session, Sessions>();

export function ownerOf(session: Session): Sessions | undefined {
  return owners.get(session);
}
