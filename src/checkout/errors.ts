/** Every code a `DinteroCheckoutError` can carry. A closed list: switch over it. */
export type DinteroCheckoutErrorCode =
  | "no-session-source"
  | "invalid-session-id"
  | "endpoint-unreachable"
  | "endpoint-refused"
  | "endpoint-failed"
  | "endpoint-invalid"
  | "frame-blocked"
  | "frame-unreachable"
  | "lock-failed"
  | "update-failed"
  | "pop-out-conflict"
  | "session-not-found"
  | "invalid-checkout-url"
  | "unsafe-href"
  | "not-ready"
  | "timeout"
  | "aborted";

/** Codes for which doing the same once more may succeed. */
const retryable = /^(endpoint-[^r]|frame-u|lock|update|timeout)/;

export interface ErrorDetails {
  readonly suggestion?: string;
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/**
 * What went wrong in `<dintero-checkout>`: told by the event `dintero-error`, by a rejected method, and by the
 * element's `error` property.
 *
 * @example
 * checkout.addEventListener("dintero-error", ({ error }) => {
 *   switch (error.code) {
 *     case "frame-blocked": report(error.message); break;
 *     case "endpoint-failed": report(error.status, error.cause); break;
 *   }
 * });
 */
export class DinteroCheckoutError extends Error {
  /** Stable, for code to switch over. */
  readonly code: DinteroCheckoutErrorCode;
  /** Whether the same attempt may succeed later, without a change of code or configuration. */
  readonly retryable: boolean;
  /** What a developer can do about it. In English, not for shoppers. */
  readonly suggestion: string;
  /** HTTP status the endpoint answered with, where it answered. */
  readonly status: number | undefined;

  constructor(
    code: DinteroCheckoutErrorCode,
    /** What happened, where the code does not say it all; the suggestion is added to it. */
    what = "",
    { suggestion = "", status, cause }: ErrorDetails = {},
  ) {
    super(`${what} ${suggestion}`.trim(), { cause });
    this.name = "DinteroCheckoutError";
    this.code = code;
    this.retryable = retryable.test(code);
    this.suggestion = suggestion;
    this.status = status;
  }
}

/** The merchant's own word to the shopper: the message of a refusal. To be shown as text. */
export function merchantMessage({ code, cause }: DinteroCheckoutError): string | false {
  const message = (cause as { message?: unknown } | undefined)?.message;
  return code === "endpoint-refused" && typeof message === "string" && message;
}
