import { ownOptions } from "../core/own-fields.ts";

/** Every code a `DinteroCheckoutError` can have. A minor version may add one: give a `switch` a default. */
export type DinteroCheckoutErrorCode =
  | "no-session-source"
  | "invalid-session-id"
  | "invalid-payload"
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
  | "wrong-document"
  | "render-failed"
  | "unsafe-href"
  | "not-ready"
  | "timeout"
  | "aborted";

interface ErrorDescription {
  /** What happened, where nothing more precise is known. */
  readonly what: string;
  /** What a developer can do about it. */
  readonly fix: string;
  /** Whether the same attempt may succeed later, without a change of code or configuration. */
  readonly retryable: boolean;
}

const descriptions: Readonly<Record<DinteroCheckoutErrorCode, ErrorDescription>> = {
  "no-session-source": {
    what: "There is no session and nothing that creates one.",
    fix: "Set session-id, endpoint or fetchSession.",
    retryable: false,
  },
  "invalid-session-id": {
    what: "The session id is invalid.",
    fix: "Set session-id to the id of a session: letters, digits, dots, underscores and hyphens.",
    retryable: false,
  },
  "invalid-payload": {
    what: "payload is not JSON.",
    fix: "Set the attribute to JSON text, or the property to plain objects, arrays, texts, finite numbers and booleans.",
    retryable: false,
  },
  "endpoint-unreachable": {
    what: "The endpoint did not answer.",
    fix: "Check endpoint, the network, CORS and timeout.",
    retryable: true,
  },
  "endpoint-refused": {
    what: "The endpoint refused the request.",
    fix: "The answer's error is the cause.",
    retryable: false,
  },
  "endpoint-failed": {
    what: "The endpoint failed.",
    fix: "Look into the endpoint's log, and at the cause.",
    retryable: true,
  },
  "endpoint-invalid": {
    what: "The endpoint's answer is not usable.",
    fix: 'Answer 2xx with JSON {"id":"…","url":"…"}, as createSession() of Dintero returned it.',
    retryable: true,
  },
  "frame-blocked": {
    what: "The page's Content-Security-Policy blocked the frame.",
    fix: "Add the checkout's origin to frame-src.",
    retryable: false,
  },
  "frame-unreachable": {
    what: "The frame did not load.",
    fix: "Check checkout-url, the network, and the checkout's X-Frame-Options and COEP headers.",
    retryable: true,
  },
  "lock-failed": {
    what: "Dintero did not lock the session.",
    fix: "Call the method again later: a payment may be in progress.",
    retryable: true,
  },
  "update-failed": {
    what: "The session was not updated.",
    fix: "See status and cause.",
    retryable: true,
  },
  "pop-out-conflict": {
    what: "The SDK's pop-out works once per document, and not inside a shadow root.",
    fix: "Show one pop-out at a time, and put it into the document itself.",
    retryable: false,
  },
  "session-not-found": {
    what: "The session is unknown or has expired.",
    fix: "Create a new session.",
    retryable: false,
  },
  "invalid-checkout-url": {
    what: "checkout-url is invalid.",
    fix: "Set checkout-url to an http or https address.",
    retryable: false,
  },
  "wrong-document": {
    what: "The element is in another document than its script, where its frame's messages do not arrive.",
    fix: "Load the script in that document too, and create the element there.",
    retryable: false,
  },
  "render-failed": {
    what: "The element was not rendered.",
    fix: "See the cause, and look for names and ids in the page's markup that hide properties of document.",
    retryable: false,
  },
  "unsafe-href": {
    what: "The address is not safe to follow.",
    fix: "Use http, https or an app's own scheme in the session's url.return_url.",
    retryable: false,
  },
  "not-ready": {
    what: "The checkout is not ready.",
    fix: "Wait for dintero-session.",
    retryable: false,
  },
  timeout: {
    what: "The checkout did not answer in time.",
    fix: "Call the method again.",
    retryable: true,
  },
  aborted: {
    what: "The element was removed or started over.",
    fix: "Call the method again once the element is ready.",
    retryable: false,
  },
};

export interface ErrorDetails {
  /** What happened: which address, which status, how long. */
  readonly what?: string | undefined;
  /** In place of the code's general advice. */
  readonly fix?: string | undefined;
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/**
 * What went wrong in `<dintero-checkout>`: the `error` of the event `dintero-error`, the reason of a rejected method,
 * and the element's `error` property. The message describes what happened, then what to do.
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
  /** HTTP status of the endpoint's answer; undefined when there was none. */
  readonly status: number | undefined;

  constructor(code: DinteroCheckoutErrorCode, details: ErrorDetails = {}) {
    const { what, fix, status, cause } = ownOptions(details);
    const description = descriptions[code];
    const suggestion = fix ?? description.fix;
    super(`${what ?? description.what} ${suggestion}`, { cause });
    this.name = "DinteroCheckoutError";
    this.code = code;
    this.retryable = description.retryable;
    this.suggestion = suggestion;
    this.status = status;
  }
}

/** Anything that was thrown, as an error with a code. What is unknown kept the checkout from being shown. */
export function asCheckoutError(reason: unknown): DinteroCheckoutError {
  if (reason instanceof DinteroCheckoutError) return reason;
  const what = `The checkout was not shown: ${String(reason)}.`;
  return new DinteroCheckoutError("render-failed", { what, cause: reason });
}

/** Reports an error to developers. */
export function logError({ code, message }: DinteroCheckoutError): void {
  console.error(`<dintero-checkout> ${code}: ${message}`);
}

/** A method was called in a state in which the checkout takes no commands. */
export function notReady(state: string): DinteroCheckoutError {
  return new DinteroCheckoutError("not-ready", {
    what: `The checkout is not ready, its state is "${state}".`,
  });
}
