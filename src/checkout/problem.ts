import { DinteroCheckoutError, type DinteroCheckoutErrorCode, type ErrorDetails } from "./errors.ts";

/** What a developer can do about it. Loaded with what can go wrong: the element says the rest where it throws. */
const suggestions = {
  "invalid-session-id": "Use letters, digits, . _ - only.",
  "no-session-source": "Set session-id, endpoint or fetchSession.",
  "endpoint-unreachable": "Check endpoint, CORS and timeout.",
  "endpoint-refused": "Read the answer's error.code.",
  "endpoint-failed": "Read cause and the endpoint's log.",
  "endpoint-invalid": 'Answer 2xx with JSON {"id":"…"}.',
  "frame-blocked": "Add it to frame-src of the page's Content-Security-Policy.",
  "frame-unreachable": "Check checkout-url, COEP and X-Frame-Options.",
  "lock-failed": "Try again later.",
  "update-failed": "Read status and cause.",
  "pop-out-conflict": "Show one pop-out at a time, outside of shadow roots.",
  "session-not-found": "Create a new session.",
  "unsafe-href": "Use http(s) or an app's scheme in return_url.",
  timeout: "Try again.",
  aborted: "The element was removed or started over.",
} satisfies Partial<Record<DinteroCheckoutErrorCode, string>>;

/** Codes of what happens once a checkout is asked for. */
export type Problem = keyof typeof suggestions;

/** An error that says what happened, where the code does not say it all, and what can be done about it. */
export function problem(code: Problem, what?: string, details?: ErrorDetails): DinteroCheckoutError {
  return new DinteroCheckoutError(code, what, { suggestion: suggestions[code], ...details });
}
