import { ownField } from "../core/own-fields.ts";
import { DinteroCheckoutError, type DinteroCheckoutErrorCode } from "./errors.ts";
import { encodePayload } from "./payload.ts";

export interface EndpointRequest {
  readonly method: "POST" | "PUT";
  readonly endpoint: string;
  /** Sent as `?session_id=…`. */
  readonly sessionId?: string;
  readonly payload: unknown;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  /** The error's code for an answer's status, or for none. */
  readonly codeOf: (status: number | null) => DinteroCheckoutErrorCode;
}

export interface EndpointAnswer {
  /** Undefined when the answer is not JSON. */
  readonly json: unknown;
  /** Which request was answered with which status, for an error. */
  readonly what: string;
  /** What to do about a redirect; undefined without one. */
  readonly fix?: string;
}

/** Sends the payload as JSON. Resolves with a 2xx answer, and rejects for every other. */
export async function requestEndpoint(request: EndpointRequest): Promise<EndpointAnswer> {
  const { method, endpoint, codeOf } = request;
  const body = encodePayload(request.payload);
  const response = await send(request, body).catch((cause: Error) => {
    throw new DinteroCheckoutError(codeOf(null), {
      what: `${method} ${endpoint} failed: ${cause.message}.`,
      cause,
    });
  });
  const { status, ok, redirected } = response;
  const json: unknown = await response.json().catch(() => undefined);
  const what = redirected
    ? `${method} ${endpoint} was redirected to ${response.url}, which answered ${status}.`
    : `${method} ${endpoint} answered ${status}.`;
  const redirect = redirected && {
    fix: `Set endpoint to ${response.url}: a redirect with 301, 302 or 303 loses the method and the payload.`,
  };
  if (!ok) {
    throw new DinteroCheckoutError(codeOf(status), {
      what,
      status,
      cause: ownField(json, "error"),
      ...redirect,
    });
  }
  return { json, what, ...redirect };
}

/** Where a redirected request has worked, the payload may be lost. The browser does not expose which redirect it was. */
export function warnOfRedirect({ what, fix }: EndpointAnswer): void {
  if (fix) console.warn(`<dintero-checkout> ${what} ${fix}`);
}

async function send(
  { method, endpoint, sessionId, credentials, signal }: EndpointRequest,
  body: string,
): Promise<Response> {
  const url = new URL(endpoint);
  if (sessionId) url.searchParams.set("session_id", sessionId);
  const headers = { accept: "application/json", "content-type": "application/json" };
  return fetch(url, { method, headers, body, credentials, signal });
}
