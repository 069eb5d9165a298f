import { DinteroCheckoutError } from "./errors.ts";

/** A session as the merchant's server hands it to the page. */
export interface SessionReference {
  /** `T12345678.…` or `P12345678.…` */
  readonly id: string;
  /** Dintero's own page for it, used by the redirect. */
  readonly url?: string;
}

/** Replaces the built-in request: answers with a session id, or an object that holds it. */
export type FetchSession = (request: {
  /** Aborted when the element is removed, starts over, or ran out of time. */
  readonly signal: AbortSignal;
  readonly payload: unknown;
}) => Promise<string | SessionReference>;

/** What a request to the merchant's endpoint needs. */
export interface EndpointRequest {
  readonly endpoint: string | null;
  readonly payload: unknown;
  readonly credentials: RequestCredentials;
  /** ms to wait for the whole answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Whether it can be a session's id: it becomes part of an address, so nothing that climbs or escapes. */
export function isSessionId(id: unknown): id is string {
  return typeof id === "string" && /^[\w.-]{1,256}$/.test(id) && !/^\.+$/.test(id);
}

/** Asks the merchant's endpoint, or `fetchSession` in its place, for a session. */
export async function requestSession(
  request: EndpointRequest,
  fetchSession?: FetchSession | null,
): Promise<SessionReference> {
  const { endpoint, payload, timeout } = request;
  const { limit, unreachable } = timeLimit(request, endpoint ?? "fetchSession");
  let answer: unknown;
  if (fetchSession) {
    const asked = (async () => fetchSession({ signal: limit, payload }))();
    answer = await Promise.race([asked, aborted(limit)]).catch((cause: unknown) => {
      if (limit.aborted) throw unreachable(cause);
      throw new DinteroCheckoutError("endpoint-failed", "fetchSession rejected.", { cause });
    });
    if (typeof answer === "string") answer = { id: answer };
  } else if (endpoint === null) {
    throw new DinteroCheckoutError("no-session-source", "There is neither session-id nor endpoint.");
  } else {
    answer = await send("POST", new URL(endpoint, document.baseURI), request, limit, unreachable);
  }
  const { id, url } = (answer ?? {}) as Record<string, unknown>;
  if (!isSessionId(id)) {
    const source = fetchSession ? "fetchSession" : endpoint;
    throw new DinteroCheckoutError(
      "endpoint-invalid",
      `${source} answered without a usable session id (${timeout} ms at most).`,
    );
  }
  return typeof url === "string" ? { id, url } : { id };
}

/** Sends `PUT {endpoint}?session_id=…` with the payload: the merchant's server updates the session. */
export async function requestUpdate(request: EndpointRequest, sessionId: string): Promise<void> {
  const { endpoint } = request;
  if (endpoint === null) {
    throw new DinteroCheckoutError(
      "no-session-source",
      "updateSession() without an argument needs an endpoint.",
    );
  }
  const url = new URL(endpoint, document.baseURI);
  url.searchParams.set("session_id", sessionId);
  const { limit, unreachable } = timeLimit(request, endpoint);
  try {
    await send("PUT", url, request, limit, unreachable);
  } catch (cause) {
    if (request.signal.aborted || !(cause instanceof DinteroCheckoutError)) throw cause;
    // Any answer of 2xx will do: the refreshed session tells what came of it.
    if (cause.code === "endpoint-invalid") return;
    throw new DinteroCheckoutError("update-failed", cause.message, {
      cause,
      ...(cause.status === undefined ? {} : { status: cause.status }),
    });
  }
}

/** The merchant's own word to the shopper: the message of a refusal. To be shown as text. */
export function merchantMessage({ code, cause }: DinteroCheckoutError): string | undefined {
  const message = (cause as { message?: unknown } | undefined)?.message;
  return code === "endpoint-refused" && typeof message === "string" && message !== "" ? message : undefined;
}

async function send(
  method: string,
  url: URL,
  { payload, credentials }: EndpointRequest,
  signal: AbortSignal,
  unreachable: (cause: unknown) => DinteroCheckoutError,
): Promise<unknown> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(payload ?? {}),
      credentials,
      signal,
    });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    throw unreachable(cause);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (status >= 200 && status < 300) {
    if (typeof body === "object") return body;
    throw new DinteroCheckoutError("endpoint-invalid", `${method} ${url} did not answer with JSON.`, {
      status,
    });
  }
  const refused = status >= 400 && status < 500;
  throw new DinteroCheckoutError(
    refused ? "endpoint-refused" : "endpoint-failed",
    `${method} ${url} answered ${status}.`,
    { status, cause: (body as { error?: unknown } | null | undefined)?.error },
  );
}

/** One signal for "no longer wanted" and "took too long", and the error that tells them apart. */
function timeLimit({ timeout, signal }: EndpointRequest, name: string) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const unreachable = (cause: unknown) =>
    signal.aborted
      ? new DinteroCheckoutError("aborted", `The request to ${name} was given up.`, { cause })
      : new DinteroCheckoutError(
          "endpoint-unreachable",
          limit.aborted ? `${name} did not answer within ${timeout} ms.` : `${name} could not be reached.`,
          { cause },
        );
  return { limit, unreachable };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
