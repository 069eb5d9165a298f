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
  "no-session-source": 'Set session-id="…" or endpoint="…", or assign fetchSession.',
  "invalid-session-id": "Use the id Dintero answered: letters, digits, '.', '_' and '-' only.",
  "endpoint-unreachable":
    "Check the endpoint's address, its CORS headers and that it answers within timeout.",
  "endpoint-refused": "Read the answer's status and error.code; the endpoint said no.",
  "endpoint-failed": "Look into the log of the endpoint (or the rejection in cause).",
  "endpoint-invalid": 'Answer 2xx with JSON {"id":"<session id>"}.',
  "sdk-unavailable": "The file with the checkout SDK did not load: check the network and script-src.",
  "frame-blocked": "Add the checkout's origin to frame-src of the page's Content-Security-Policy.",
  "frame-unreachable": "Check checkout-url, the network, and COEP or X-Frame-Options.",
  "lock-failed": "The session cannot be locked now (paid, or being paid). Try again later.",
  "update-failed": "Look at status and cause: the update of the session did not succeed.",
  "pop-out-conflict": 'Show one mode="pop-out" at a time, outside of any shadow root of yours.',
  "session-not-found": "The session is unknown or expired: create a new one.",
  "invalid-checkout-url": "Set checkout-url to an http(s) address.",
  "unsafe-href": "The session's return_url must be http(s) or an app's own scheme.",
  "not-ready": 'Wait for the "ready" state (event dintero-session) first.',
  timeout: "The checkout did not answer within timeout. Try again.",
  aborted: "The element was removed or started over.",
};

/** Codes for which doing the same once more may succeed. */
const retryable: ReadonlySet<DinteroCheckoutErrorCode> = new Set([
  "endpoint-unreachable",
  "endpoint-failed",
  "endpoint-invalid",
  "sdk-unavailable",
  "frame-unreachable",
  "lock-failed",
  "update-failed",
  "timeout",
]);

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
  readonly status?: number;

  constructor(
    code: DinteroCheckoutErrorCode,
    message: string,
    { status, cause }: { status?: number; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DinteroCheckoutError";
    this.code = code;
    this.retryable = retryable.has(code);
    this.suggestion = suggestions[code];
    if (status !== undefined) this.status = status;
  }
}
