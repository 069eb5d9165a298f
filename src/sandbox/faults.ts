import { ConnectionReset, SandboxError } from "./errors.ts";
import type { PageDirectives } from "./page-api.ts";
import type { Correction } from "./pending-operation.ts";
import type { Acceptance } from "./transactions/accepted-operations.ts";

/** How callbacks of a session misbehave; see `Fault.callback`. */
export interface CallbackFault {
  /** Delivered twice, with two delivery ids. */
  readonly twice?: boolean;
  /** Not sent at all. */
  readonly never?: boolean;
  /** Sent so many ms late. */
  readonly delay?: number;
  /** The shopper returns only after the merchant has answered. */
  readonly beforeReturn?: boolean;
}

/** The calls that can be made to fail. `page` is the hosted page's document, the last row its calls. */
export const faultPoints = [
  ...["token", "create-session", "list-sessions", "get-session", "update-session", "cancel-session"],
  ...["payment-token", "pay-session", "list-transactions", "get-transaction", "update-transaction"],
  ...[
    "capture",
    "refund",
    "void",
    "authorization",
    "list-card-tokens",
    "get-card-token",
    "delete-card-token",
  ],
  ...["list-profiles", "create-profile", "get-profile", "update-profile", "delete-profile"],
  ...["create-subscription", "list-subscriptions", "get-subscription", "delete-subscription", "ping"],
  ...["list-deliveries", "get-delivery", "page", "result-page"],
  ...["view", "pay", "cancel", "lock", "refresh", "address", "address-result", "discount", "shipping-option"],
] as const;

/** A call that can be made to fail; `*` is every call of the REST api. */
export type FaultPoint = (typeof faultPoints)[number] | "*";

const failures = ["hang", "reset", "rubbish", "expired-token"] as const;

/** An injected failure: for one call (`on`), for the page's messages, or for callbacks. */
export interface Fault {
  readonly on?: FaultPoint;
  /** Only for this session; without it for all. */
  readonly session?: string;
  /** Removed after so many hits; without it, only by hand. */
  readonly times?: number;
  /** Answers with this status and Dintero's error format. */
  readonly status?: number;
  /** Sent along with `status`, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits so long, in ms, before anything else. */
  readonly delay?: number;
  /** Never answers, breaks the connection, answers with invalid JSON, or reports the token as expired. */
  readonly fail?: (typeof failures)[number];
  /** Serves the request, and only then fails: the answer is lost, its effect is not. */
  readonly afterwards?: boolean;
  /**
   * A capture, refund or void is accepted with 202 and done later, as its `INITIATE_…` event shows. Without `times` this is
   * a setting: all of them are, until the fault is removed.
   */
  readonly accepted?: Acceptance;
  /**
   * The event of a capture, refund or void has `success: false`, but its `correction` says that it was done: who reads
   * `success` alone does it twice. With `after` the correction comes so many ms later, on an event of its own.
   */
  readonly correction?: Correction;
  /** What the hosted page does to its messages. */
  readonly page?: PageDirectives;
  /** Answers the page with a session that has no order, as an expired one can look. */
  readonly withoutOrder?: boolean;
  readonly callback?: CallbackFault;
}

/** The active faults. */
export class Faults {
  readonly #active = new Map<Fault, number>();
  readonly #onPageChange: (session: string | undefined) => void;

  /** @param onPageChange called when page directives are added or removed, for one session or for all */
  constructor(onPageChange: (session: string | undefined) => void) {
    this.#onPageChange = onPageChange;
  }

  /** Adds a fault. Returns a function that removes it. */
  add(fault: Fault): () => void {
    check(fault);
    this.#active.set(fault, fault.times ?? Infinity);
    if (fault.page) this.#onPageChange(fault.session);
    return () => {
      this.#active.delete(fault);
      if (fault.page) this.#onPageChange(fault.session);
    };
  }

  [Symbol.iterator](): Iterator<Fault> {
    return this.#active.keys();
  }

  /** Removes all faults. */
  clear(): void {
    const pages = [...this.#active.keys()].filter(({ page }) => page);
    this.#active.clear();
    for (const { session } of pages) this.#onPageChange(session);
  }

  /** The first fault of a call, used up by one. */
  take(point: string, session: string | undefined, rest: boolean): Fault | undefined {
    return this.#take(
      (fault) => (fault.on === point || (fault.on === "*" && rest)) && applies(fault, session),
    );
  }

  /** The faults that the page of a session applies to its messages. */
  directives(session: string): PageDirectives {
    let directives: PageDirectives = {};
    for (const fault of this.#active.keys())
      if (fault.page && applies(fault, session)) directives = { ...directives, ...fault.page };
    return directives;
  }

  withoutOrder(session: string): boolean {
    return this.#take((fault) => fault.withoutOrder === true && applies(fault, session)) !== undefined;
  }

  callback(session: string): CallbackFault {
    return this.#take((fault) => fault.callback !== undefined && applies(fault, session))?.callback ?? {};
  }

  #take(matches: (fault: Fault) => boolean): Fault | undefined {
    for (const [fault, left] of this.#active) {
      if (!matches(fault)) continue;
      if (left > 1) this.#active.set(fault, left - 1);
      else this.#active.delete(fault);
      return fault;
    }
    return undefined;
  }
}

function applies(fault: Fault, session: string | undefined): boolean {
  return fault.session === undefined || fault.session === session;
}

function check(fault: Fault): void {
  const points: readonly string[] = faultPoints;
  if (fault.on !== undefined && fault.on !== "*" && !points.includes(fault.on))
    throw new SandboxError(400, "invalid_fault", `on must be * or one of ${points.join(", ")}`);
  if (fault.on === undefined && !fault.page && !fault.callback && !fault.withoutOrder)
    throw new SandboxError(400, "invalid_fault", "A fault needs one of on, page, callback, withoutOrder");
  if (fault.session !== undefined && typeof fault.session !== "string")
    throw new SandboxError(400, "invalid_fault", "session must be the id of a session");
  if (fault.times !== undefined && !(Number.isInteger(fault.times) && fault.times > 0))
    throw new SandboxError(400, "invalid_fault", "times must be a whole number above 0");
  if (fault.fail !== undefined && !failures.includes(fault.fail))
    throw new SandboxError(400, "invalid_fault", `fail must be one of ${failures.join(", ")}`);
  if (fault.delay !== undefined && !(fault.delay >= 0))
    throw new SandboxError(400, "invalid_fault", "delay must be a number of ms");
  const takesAcceptance = fault.on !== undefined && ["*", "capture", "refund", "void"].includes(fault.on);
  if ((fault.accepted ?? fault.correction) && !takesAcceptance)
    throw new SandboxError(400, "invalid_fault", "accepted and correction are for capture, refund and void");
  if (fault.accepted?.after !== undefined && !(fault.accepted.after >= 0))
    throw new SandboxError(400, "invalid_fault", "accepted.after must be a number of ms");
  if (fault.correction?.after !== undefined && !(fault.correction.after >= 0))
    throw new SandboxError(400, "invalid_fault", "correction.after must be a number of ms");
  const { status = 200 } = fault;
  if (!(Number.isInteger(status) && status >= 200 && status <= 599) || [204, 205, 304].includes(status))
    throw new SandboxError(400, "invalid_fault", "status must be 200 to 599, of an answer that has a body");
  try {
    new Headers(fault.headers);
  } catch {
    throw new SandboxError(400, "invalid_fault", "headers must be names and values of headers");
  }
}

/** Applies a call's fault: an answer instead of the real one, or undefined to continue. */
export async function play(fault: Fault, signal: AbortSignal): Promise<Response | undefined> {
  if (fault.delay) await until(signal, fault.delay);
  if (fault.fail === "hang") await until(signal);
  if (fault.fail === "hang" || fault.fail === "reset") throw new ConnectionReset();
  if (fault.fail === "rubbish")
    return new Response("<html><h1>Bad gateway", { headers: { "Content-Type": "text/html" } });
  if (fault.fail === "expired-token") throw new SandboxError(401, "token_expired", "The token has expired");
  if (fault.status === undefined) return undefined;
  const answer = new SandboxError(
    fault.status,
    `fault_${fault.status}`,
    "A fault of the sandbox",
  ).toResponse();
  for (const [name, value] of Object.entries(fault.headers ?? {})) answer.headers.set(name, value);
  return answer;
}

function until(signal: AbortSignal, ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
