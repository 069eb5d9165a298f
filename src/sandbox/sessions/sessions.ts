import type { SessionEvent, SessionEventName } from "../../dintero/session-event.ts";
import type { SessionRequest } from "../../dintero/session.ts";
import { SandboxError } from "../errors.ts";
import { Feed } from "../feed.ts";
import { randomId } from "../ids.ts";
import type { PageOutcome } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";
import { readableConfiguration } from "./configuration.ts";
import type { SavedSession, SessionRecord } from "./session-record.ts";

const day = 24 * 60 * 60 * 1000;

/** The history of a session, as in its `events`. */
export interface Happening {
  readonly name: SessionEventName;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** New values of a session's fields; undefined takes a field away. */
export type SessionChanges = { readonly [Name in keyof Session]?: Session[Name] | undefined };

/** Every session of the sandbox, oldest first; the oldest are removed when there are too many. */
export class Sessions {
  readonly #records = new Map<string, SessionRecord>();
  readonly #byTransaction = new Map<string, SessionRecord>();
  readonly #keep: number;
  readonly now: () => number;
  /** Called after each change. */
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

  create(account: string, request: SessionRequest, more: Partial<SavedSession> = {}): SessionRecord {
    const now = this.time();
    const { profile_id } = request;
    const session: Session = {
      ...request,
      id: `${account}.${randomId()}`,
      created_at: now,
      updated_at: now,
      expires_at: request.expires_at ?? new Date(this.now() + day).toISOString(),
      configuration: readableConfiguration(request, account),
      metadata: { ...request.metadata, ...(profile_id && { "session:profile_id": profile_id }) },
      events: [sessionEvent({ name: "INITIATED", details: { amount: request.order.amount } }, now)],
    };
    return this.add({ outcome: null, undeliverable: false, ...more, session });
  }

  /** Takes a record in, as it came from a state file too. */
  add(saved: SavedSession): SessionRecord {
    const added: SessionRecord = { ...saved, directives: {}, expiryReported: false, feed: new Feed(20) };
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

  /** Changes fields of a session and adds an event; a field that is undefined goes away. */
  change(record: SessionRecord, fields: SessionChanges, ...happenings: Happening[]): void {
    const now = this.time();
    const events = [...record.session.events, ...happenings.map((happening) => sessionEvent(happening, now))];
    const session = { ...record.session, ...fields, updated_at: now, events } as Session;
    for (const [name, value] of Object.entries(fields))
      if (value === undefined) delete (session as Record<string, unknown>)[name];
    record.session = session;
    owners.set(session, this);
    this.onchange(record, happenings.at(-1)?.name.toLowerCase() ?? "changed");
  }

  setTransaction(record: SessionRecord, transaction: Transaction): void {
    record.transaction = transaction;
    this.#byTransaction.set(transaction.id, record);
  }

  expired(record: SessionRecord): boolean {
    return !record.outcome && Date.parse(record.session.expires_at) <= this.now();
  }

  /** Reports the expiry to an open page, once. */
  reportExpiry(record: SessionRecord): void {
    if (record.expiryReported || !this.expired(record)) return;
    record.expiryReported = true;
    record.feed.add({ type: "expired" });
    this.onchange(record, "expired");
  }

  expire(record: SessionRecord): void {
    this.change(record, { expires_at: this.time() });
    this.reportExpiry(record);
  }

  /** Locks for an update by the merchant; a locked session keeps its lock. */
  lock(record: SessionRecord): string {
    this.requireOpen(record);
    const present = record.session.pay_lock?.id;
    if (present) return present;
    const id = randomId(12);
    this.change(record, { pay_lock: { id, created_at: this.time() } }, { name: "PAY_LOCK_START" });
    return id;
  }

  unlock(record: SessionRecord): void {
    if (record.session.pay_lock) this.change(record, { pay_lock: undefined }, { name: "PAY_LOCK_END" });
  }

  /** Ends the session: nothing can be paid, locked or changed any more. */
  end(record: SessionRecord, outcome: PageOutcome, { fields = {}, happenings, page }: SessionEnd): void {
    record.outcome = outcome;
    record.addressInQuestion = undefined;
    this.change(record, { ...fields, pay_lock: undefined }, ...happenings);
    record.feed.add({ type: "ended", outcome, ...(page !== undefined && { page }) });
  }

  /** Refuses what only an open session can do. */
  requireOpen(record: SessionRecord): void {
    this.reportExpiry(record);
    if (this.expired(record)) throw new SandboxError(404, "session_expired", "The session has expired");
    if (record.outcome) throw new SandboxError(409, "session_ended", "The session is already completed");
  }

  /** Refuses what the shopper cannot do while the merchant updates the session. */
  requireUnlocked(record: SessionRecord): void {
    this.requireOpen(record);
    if (record.session.pay_lock || record.addressInQuestion)
      throw new SandboxError(409, "session_locked", "The session is being updated");
  }

  clear(): void {
    for (const { feed } of this.#records.values()) feed.clear();
    this.#records.clear();
    this.#byTransaction.clear();
  }

  /** The clock, as Dintero writes it. */
  time(): string {
    return new Date(this.now()).toISOString();
  }
}

/** How a session ends. */
export interface SessionEnd {
  readonly fields?: SessionChanges;
  readonly happenings: readonly Happening[];
  /** Id of the page that ended it. */
  readonly page?: string | undefined;
}

function sessionEvent({ name, details }: Happening, now: string): SessionEvent {
  return { id: randomId(12), name, created_at: now, ...(details && { details }) };
}

/** Every session that was handed out leads back to where it is kept. */
const owners = new WeakMap<Session, Sessions>();

export function ownerOf(session: Session): Sessions | undefined {
  return owners.get(session);
}
