/** Every code a `DinteroCheckoutError` can carry. A closed list: switch over it. */
export type DinteroCheckoutErrorCode =
  | "no-session-source"
  | "invalid-session-id"
  | "endpoint-unreachable"
  | "endpoint-refused"
  | "endpoint-failed"
  | "endpoint-invalid"
  | "sdk-unavailable"
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

const suggestions: Record<DinteroCheckoutErrorCode, string> = {
  "no-session-source": "Set session-id, endpoint or fetchSession.",
  "invalid-session-id": "Use letters, digits, . _ - only.",
  "endpoint-unreachable": "Check endpoint, CORS and timeout.",
  "endpoint-refused": "Read the answer's error.code.",
  "endpoint-failed": "Read cause and the endpoint's log.",
  "endpoint-invalid": 'Answer 2xx with JSON {"id":"…"}.',
  "sdk-unavailable": "Check the network and script-src.",
  "frame-blocked": "Add it to frame-src of the page's Content-Security-Policy.",
  "frame-unreachable": "Check checkout-url, COEP and X-Frame-Options.",
  "lock-failed": "Try again later.",
  "update-failed": "Read status and cause.",
  "pop-out-conflict": "Show one pop-out at a time, outside of shadow roots.",
  "session-not-found": "Create a new session.",
  "invalid-checkout-url": "Set checkout-url to an http(s) address.",
  "unsafe-href": "Use http(s) or an app's scheme in return_url.",
  "not-ready": "Wait for dintero-session.",
  timeout: "Try again.",
  aborted: "The element was removed or started over.",
};

/** Codes for which doing the same once more may succeed. */
const retryable = /^(endpoint-[^r]|sdk|frame-u|lock|update|timeout)/;

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
    { status, cause }: { status?: number | undefined; cause?: unknown } = {},
  ) {
    super(`${what} ${suggestions[code]}`.trim(), { cause });
    this.name = "DinteroCheckoutError";
    this.code = code;
    this.retryable = retryable.test(code);
    this.suggestion = suggestions[code];
    this.status = status;
  }
}
