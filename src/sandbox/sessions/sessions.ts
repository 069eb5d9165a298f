import { accountOf } from "../../dintero/ids.ts";
import type { SessionHistoryEvent, SessionEventName } from "../../dintero/session-history-event.ts";
import type { SessionRequest } from "../../dintero/session.ts";
import { SandboxError } from "../errors.ts";
import { Feed } from "../feed.ts";
import { randomId } from "../ids.ts";
import type { PageOutcome } from "../page-api.ts";
import type { Profiles } from "../profiles/profiles.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";
import { readableConfiguration } from "./configuration.ts";
import { setOwner, type SessionOwner } from "../session-owner.ts";
import type { SavedSession, SessionRecord } from "../session-record.ts";

/** Unpaid sessions of `/_sandbox/checkout` that are kept. */
const standInsKept = 100;
const day = 24 * 60 * 60 * 1000;

/** An event of a session, before it has an id and a time. */
export interface NewSessionEvent {
  readonly name: SessionEventName;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** New values of a session's fields; undefined takes a field away. */
export type SessionChanges = { readonly [Name in keyof Session]?: Session[Name] | undefined };

/** How the sessions of a sandbox are kept. */
export interface SessionsOptions {
  /** How many. */
  readonly keep: number;
  /** The clock, in ms. */
  readonly now: () => number;
  /** What sessions can be paid with. */
  readonly profiles: Profiles;
  /** Called after each change. */
  readonly onChange: (record: SessionRecord, what: string) => void;
  /** Where each session that is handed out leads back to. */
  readonly owner: () => SessionOwner;
}

/** Every session of the sandbox, oldest first; the oldest are removed when there are too many. */
export class Sessions {
  readonly #records = new Map<string, SessionRecord>();
  /** Ids of those that any page may have made and nobody has paid. */
  readonly #standIns = new Set<string>();
  readonly #byTransaction = new Map<string, SessionRecord>();
  readonly #options: SessionsOptions;
  readonly now: () => number;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.now = options.now;
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

  /** @param id default a random one of the account */
  create(
    account: string,
    request: SessionRequest,
    { id = `${account}.${randomId()}`, ...more }: Partial<SavedSession> & { readonly id?: string } = {},
  ): SessionRecord {
    const now = this.time();
    const { profile_id } = request;
    const session: Session = {
      ...request,
      id,
      created_at: now,
      updated_at: now,
      expires_at: request.expires_at ?? new Date(this.now() + day).toISOString(),
      configuration: readableConfiguration(request, account, this.#options.profiles),
      metadata: { ...request.metadata, ...(profile_id && { "session:profile_id": profile_id }) },
      events: [sessionEvent({ name: "INITIATED", details: { amount: request.order.amount } }, now)],
    };
    const created = this.add({ outcome: null, undeliverable: false, ...more, session });
    this.#options.onChange(created, "created");
    return created;
  }

  /** Takes a record in, as it comes from a state file. */
  add(saved: SavedSession): SessionRecord {
    const session = { ...saved.session };
    const added: SessionRecord = {
      ...saved,
      session,
      directives: {},
      expiryReported: false,
      feed: new Feed(20),
    };
    this.#records.set(session.id, added);
    setOwner(session, this.#options.owner());
    if (added.transaction) this.#byTransaction.set(added.transaction.id, added);
    if (added.standIn && !added.transaction) this.#standIns.add(session.id);
    this.#removeOld();
    return added;
  }

  /** Stand-ins have a number of their own: whichever page makes them, it removes no session of a merchant. */
  #removeOld(): void {
    for (const id of this.#standIns) {
      if (this.#standIns.size <= standInsKept) break;
      this.#remove(id);
    }
    for (const id of this.#records.keys()) {
      if (this.#records.size - this.#standIns.size <= this.#options.keep) break;
      if (!this.#standIns.has(id)) this.#remove(id);
    }
  }

  #remove(id: string): void {
    const transaction = this.#records.get(id)?.transaction;
    if (transaction) this.#byTransaction.delete(transaction.id);
    this.#records.delete(id);
    this.#standIns.delete(id);
  }

  /** Changes fields of a session and adds an event; a field that is undefined goes away. */
  change(record: SessionRecord, fields: SessionChanges, ...added: NewSessionEvent[]): void {
    const now = this.time();
    const events = [...record.session.events, ...added.map((event) => sessionEvent(event, now))];
    const session = { ...record.session, ...fields, updated_at: now, events } as Session;
    for (const [name, value] of Object.entries(fields))
      if (value === undefined) delete (session as Record<string, unknown>)[name];
    record.session = session;
    setOwner(session, this.#options.owner());
    this.#options.onChange(record, added.at(-1)?.name.toLowerCase() ?? "changed");
  }

  /** The configuration as Dintero answers it. */
  configurationOf(session: Session): Session["configuration"] {
    return readableConfiguration(session, accountOf(session.id), this.#options.profiles);
  }

  /** The session has this transaction from now on. `what` is the reason, for the log; without it nothing is reported yet. */
  setTransaction(record: SessionRecord, transaction: Transaction, what?: string): void {
    record.transaction = transaction;
    this.#byTransaction.set(transaction.id, record);
    this.#standIns.delete(record.session.id);
    if (what !== undefined) this.#options.onChange(record, what);
  }

  expired(record: SessionRecord): boolean {
    return !record.outcome && Date.parse(record.session.expires_at) <= this.now();
  }

  /** Reports the expiry to an open page, once. */
  reportExpiry(record: SessionRecord): void {
    if (record.expiryReported || !this.expired(record)) return;
    record.expiryReported = true;
    record.feed.add({ type: "expired" });
    this.#options.onChange(record, "expired");
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
  end(record: SessionRecord, outcome: PageOutcome, { fields = {}, events, page }: SessionEnd): void {
    record.outcome = outcome;
    record.addressInQuestion = undefined;
    this.change(record, { ...fields, pay_lock: undefined }, ...events);
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
    this.#standIns.clear();
  }

  /** The clock, as Dintero writes it. */
  time(): string {
    return new Date(this.now()).toISOString();
  }
}

/** How a session ends. */
export interface SessionEnd {
  readonly fields?: SessionChanges;
  readonly events: readonly NewSessionEvent[];
  /** Id of the page that ended it. */
  readonly page?: string | undefined;
}

function sessionEvent({ name, details }: NewSessionEvent, now: string): SessionHistoryEvent {
  return { id: randomId(12), name, created_at: now, ...(details && { details }) };
}
