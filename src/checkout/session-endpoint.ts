import { isId } from "../dintero/ids.ts";
import { withDeadline } from "../core/deadline.ts";
import { ownText } from "../core/own-fields.ts";
import { requestEndpoint, warnOfRedirect, type EndpointAnswer } from "./endpoint-request.ts";
import { DinteroCheckoutError } from "./errors.ts";
import { readPayload } from "./payload.ts";

/** Replaces the built-in request: resolves with a session id, or an object that contains it. */
export type FetchSession = (request: {
  /** Aborts when the answer is not needed any more: the element was removed, started over, or ran out of time. */
  readonly signal: AbortSignal;
  readonly payload: unknown;
}) => Promise<string | SessionReference>;

/** A session as the merchant's server returns it to the page. */
export interface SessionReference {
  /** `T12345678.…` or `P12345678.…` */
  readonly id: string;
  /** Dintero's own page for it, which a redirect goes to. */
  readonly url?: string;
}

/** How to reach the merchant's server, from the element's attributes. */
export interface EndpointOptions {
  /** Absolute where it is valid. */
  readonly endpoint: string | null;
  readonly fetchSession: FetchSession | null;
  readonly payload: unknown;
  readonly credentials: RequestCredentials;
  /** ms to wait for the answer. */
  readonly timeout: number;
}

/** The session that the merchant's server creates: through `fetchSession` where it is set, else the endpoint. */
export function requestSession(options: EndpointOptions, signal: AbortSignal): Promise<SessionReference> {
  return options.fetchSession
    ? callFetchSession(options.fetchSession, options.payload, signal)
    : postToEndpoint(options, signal);
}

/** Sends `PUT {endpoint}?session_id=…` with the payload: the merchant's server updates the session. */
export async function putUpdate(
  { endpoint, payload, credentials, timeout }: EndpointOptions,
  sessionId: string,
  signal: AbortSignal,
): Promise<void> {
  if (!endpoint) {
    throw new DinteroCheckoutError("no-session-source", {
      what: "updateSession() was called without a function, and there is no endpoint to send the update to.",
      fix: "Set endpoint, or pass a function that updates the session.",
    });
  }
  const timeoutError = (): Error =>
    new DinteroCheckoutError("update-failed", {
      what: `PUT ${endpoint} did not answer within ${timeout} ms.`,
    });
  const answer = await withDeadline({ timeout, signal, timeoutError }, (limit) =>
    requestEndpoint({
      method: "PUT",
      endpoint,
      sessionId,
      payload,
      credentials,
      signal: limit,
      codeOf: () => "update-failed",
    }),
  );
  warnOfRedirect(answer);
}

async function callFetchSession(
  fetchSession: FetchSession,
  payload: unknown,
  signal: AbortSignal,
): Promise<SessionReference> {
  const value = readPayload(payload);
  let answer: unknown;
  try {
    answer = await fetchSession({ signal, payload: value });
  } catch (cause) {
    const what = `fetchSession() failed: ${cause instanceof Error ? cause.message : String(cause)}.`;
    throw new DinteroCheckoutError("endpoint-failed", { what, fix: "The reason is the cause.", cause });
  }
  const json = typeof answer === "string" ? { id: answer } : answer;
  return readReference({ json, what: "fetchSession() has resolved.", fix: undefined });
}

async function postToEndpoint(options: EndpointOptions, signal: AbortSignal): Promise<SessionReference> {
  const { payload, credentials } = options;
  const endpoint = options.endpoint!;
  const answer = await requestEndpoint({
    method: "POST",
    endpoint,
    payload,
    credentials,
    signal,
    codeOf: (status) =>
      status === null ? "endpoint-unreachable" : status < 500 ? "endpoint-refused" : "endpoint-failed",
  });
  const reference = readReference(answer);
  warnOfRedirect(answer);
  return reference;
}

function readReference({ json, what, fix }: EndpointAnswer): SessionReference {
  const id = ownText(json, "id");
  if (!isId(id)) {
    const missing = `${what} The answer contains no usable session id.`;
    throw new DinteroCheckoutError("endpoint-invalid", { what: missing, fix });
  }
  const url = ownText(json, "url");
  return url ? { id, url } : { id };
}
