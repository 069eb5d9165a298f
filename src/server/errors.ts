/** What can go wrong. A minor version may add a code: give a `switch` a default. */
export type DinteroErrorCode =
  /** An option of a client, handler or check is missing or wrong. */
  | "invalid-options"
  /** A session, update, capture or refund that Dintero would refuse or misread; nothing was sent. */
  | "invalid-session"
  /** An id with characters that no id has; nothing was sent. */
  | "invalid-id"
  /** Wrong credentials (401), even with a fresh token. */
  | "unauthorized"
  /** The credentials may not do this (403). */
  | "forbidden"
  /** No such session or transaction (404). */
  | "not-found"
  /** Too many requests (429). */
  | "rate-limited"
  /** Any other 4xx of Dintero. */
  | "refused"
  /** Dintero failed (5xx) or could not be reached. */
  | "unavailable"
  /** No answer in time. */
  | "timeout"
  /** The caller's signal ended the call. */
  | "aborted"
  /** An answer that is not JSON, is over 1 MB, or is not about what was requested. */
  | "invalid-answer"
  /** A handler refused a request: its origin, method, size, type or address (`status` is that of the answer). */
  | "request-refused"
  /** The body of a request was read before the handler got it: by a body parser, for instance (500). */
  | "body-consumed"
  /** A callback or webhook without a signature (401). */
  | "missing-signature"
  /** A callback or webhook whose signature is invalid (401). */
  | "invalid-signature"
  /** A valid signature whose time is too far from ours (503). */
  | "stale-signature";

/** What is known about a {@link DinteroError}. */
export interface DinteroErrorDetails {
  readonly status?: number;
  readonly errors?: readonly unknown[];
  readonly retryable?: boolean;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/** The one error of `./server`. Holds no secret and no token, not even when Dintero's answer echoes one. */
export class DinteroError extends Error {
  readonly code: DinteroErrorCode;
  /** HTTP status of Dintero's answer, or for a request to the merchant the status to answer with. 0: no answer. */
  readonly status: number;
  /** Dintero's list of what was wrong, often empty. */
  readonly errors: readonly unknown[];
  /**
   * Whether the same call may succeed later and does no harm. False for a capture, refund, void or cancellation whose
   * answer was lost: Dintero may have processed it, so read the transaction first.
   */
  readonly retryable: boolean;
  /** Dintero's id of the request, to quote to its support. */
  readonly requestId?: string | undefined;
  /** Milliseconds to wait before the next attempt, from Dintero's `Retry-After`. */
  readonly retryAfter?: number | undefined;

  constructor(code: DinteroErrorCode, message: string, details: DinteroErrorDetails = {}) {
    super(message);
    this.name = "DinteroError";
    this.code = code;
    this.status = details.status ?? 0;
    this.errors = details.errors ?? [];
    this.retryable = details.retryable ?? false;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
  }
}

/** An option is wrong. Never pass its value on: it may be a secret in the wrong place. */
export function invalidOption(name: string, requirement: string): DinteroError {
  return new DinteroError("invalid-options", `${name} must be ${requirement}`);
}

/** Whether an option has no value: what an environment variable that is not set, or set to nothing, leaves. */
export function isMissing(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** An option is missing. Thrown by the first call, not where a build loads the module without any environment. */
export function missingOption(name: string, received: unknown, variable: string): DinteroError {
  const what = typeof received === "string" ? "blank" : String(received);
  return new DinteroError("invalid-options", `${name} must be given, and is ${what}: set ${variable}`);
}
