/** What can go wrong; `switch` over it. The list is closed. */
export type DinteroErrorCode =
  /** An option of a client, handler or check is missing or wrong. */
  | "invalid-options"
  /** A session, update, capture or refund that Dintero would refuse or misread; nothing was sent. */
  | "invalid-session"
  /** An id that is not one; nothing was sent. */
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
  /** An answer that makes no sense. */
  | "invalid-answer"
  /** A callback or webhook without a signature (401). */
  | "missing-signature"
  /** A callback or webhook whose signature is false (401). */
  | "invalid-signature"
  /** A true signature whose time is too far from ours (503). */
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
  readonly code!: DinteroErrorCode;
  /** HTTP status of Dintero's answer; for a signature, the status to answer with; 0 when there was no answer. */
  readonly status!: number;
  /** Dintero's list of what was wrong, often empty. */
  readonly errors!: readonly unknown[];
  /**
   * Whether the same call may succeed later and does no harm. False for a capture, refund, void or cancellation whose
   * answer was lost: Dintero may have acted, so read the transaction first.
   */
  readonly retryable!: boolean;
  /** Dintero's id of the request, to quote to its support. */
  readonly requestId?: string;
  /** Milliseconds that Dintero asks to wait before the next try. */
  readonly retryAfter?: number;

  constructor(code: DinteroErrorCode, message: string, details?: DinteroErrorDetails) {
    super(message);
    Object.assign(this, { name: "DinteroError", code, status: 0, errors: [], retryable: false }, details);
  }
}

/** Throws unless something is fine. Never told the value itself: it may be a secret in the wrong place. */
export function must(
  fine: unknown,
  name: string,
  what: string,
  code: DinteroErrorCode = "invalid-options",
): asserts fine {
  if (!fine) throw new DinteroError(code, `${name} must be ${what}`);
}
