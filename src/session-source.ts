import { DinteroCheckoutError } from "./errors.ts";
import { within } from "./within.ts";

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

/** Where and how the merchant's server is asked: what the element was told. */
export interface SessionSource {
  readonly endpoint: string | null;
  readonly fetchSession: FetchSession | null;
  readonly payload: unknown;
  readonly credentials: RequestCredentials;
}

/** Whether it can be a session's id: it becomes part of an address, so nothing that climbs or escapes. */
export function isSessionId(id: unknown): id is string {
  return typeof id === "string" && /^(?!\.+$)[\w.-]{1,256}$/.test(id);
}

/** Asks the merchant's endpoint, or `fetchSession` in its place, for a session, for `timeout` ms at most. */
export async function requestSession(
  source: SessionSource,
  timeout: number,
  signal: AbortSignal,
): Promise<SessionReference> {
  const { endpoint, fetchSession, payload } = source;
  const answer = await within(
    timeout,
    signal,
    "endpoint-unreachable",
    fetchSession ? "fetchSession" : endpoint!,
    (limit) =>
      fetchSession
        ? Promise.resolve({ signal: limit, payload })
            .then(fetchSession)
            .catch((cause: unknown) => {
              throw new DinteroCheckoutError("endpoint-failed", "fetchSession", { cause });
            })
        : send("POST", source, limit),
  );
  const { id, url } = (typeof answer === "string" ? { id: answer } : (answer ?? {})) as Record<
    string,
    unknown
  >;
  if (!isSessionId(id)) throw new DinteroCheckoutError("endpoint-invalid", "There is no session id.");
  return typeof url === "string" ? { id, url } : { id };
}

/** Sends `PUT {endpoint}?session_id=…` with the payload: the merchant's server updates the session. */
export async function requestUpdate(
  source: SessionSource,
  sessionId: string,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  if (!source.endpoint) {
    throw new DinteroCheckoutError("no-session-source");
  }
  await within(timeout, signal, "update-failed", "PUT", (limit) =>
    send("PUT", source, limit, sessionId),
  ).catch((cause: DinteroCheckoutError) => {
    const { code, message, status } = cause;
    if (code === "aborted") throw cause;
    // Any answer of 2xx will do: the refreshed session tells what came of it.
    if (code !== "endpoint-invalid")
      throw new DinteroCheckoutError("update-failed", message, { cause, status });
  });
}

/** The merchant's own word to the shopper: the message of a refusal. To be shown as text. */
export function merchantMessage({ code, cause }: DinteroCheckoutError): string | undefined {
  const message = (cause as { message?: unknown } | undefined)?.message;
  return code === "endpoint-refused" && message && typeof message === "string" ? message : undefined;
}

async function send(
  method: string,
  { endpoint, payload, credentials }: SessionSource,
  signal: AbortSignal,
  sessionId?: string,
): Promise<unknown> {
  let response: Response;
  try {
    const url = new URL(endpoint!, document.baseURI);
    if (sessionId) url.searchParams.set("session_id", sessionId);
    response = await fetch(url, {
      method,
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(payload ?? {}),
      credentials,
      signal,
    });
  } catch (cause) {
    throw new DinteroCheckoutError("endpoint-unreachable", endpoint!, { cause });
  }
  const { ok, status } = response;
  const body = (await response.json().catch(() => {})) as { error?: unknown } | undefined;
  if (ok && typeof body === "object") return body;
  const code = ok ? "endpoint-invalid" : status < 500 ? "endpoint-refused" : "endpoint-failed";
  throw new DinteroCheckoutError(code, `${method} ${endpoint} answered ${status}.`, {
    status,
    cause: body?.error,
  });
}
