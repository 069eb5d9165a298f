import type { DinteroCheckoutError } from "./errors.ts";
import { send, type Asked, type SessionReference, type SessionSource } from "./session-request.ts";
import { within } from "../shared/deadline.ts";
import { problem } from "./problem.ts";

/** Whether it can be a session's id: it becomes part of an address, so nothing that climbs or escapes. */
export function isSessionId(id: unknown): id is string {
  return typeof id === "string" && /^(?!\.+$)[\w.-]{1,256}$/.test(id);
}

/** Reads the session out of what the merchant's endpoint, or `fetchSession` in its place, answers within `timeout` ms. */
export async function sessionOf(
  { answer, own }: Asked,
  { endpoint }: SessionSource,
  timeout: number,
  signal: AbortSignal,
): Promise<SessionReference> {
  const who = own ? "fetchSession" : endpoint!;
  const given = await within(timeout, signal, "endpoint-unreachable", who, () =>
    own
      ? answer.catch((cause: unknown) => {
          throw problem("endpoint-failed", who, { cause });
        })
      : bodyOf(answer as Promise<Response>, `POST ${endpoint}`),
  );
  const { id, url } = (typeof given === "string" ? { id: given } : (given ?? {})) as Record<string, unknown>;
  if (!isSessionId(id)) throw problem("endpoint-invalid", "There is no session id.");
  return typeof url === "string" ? { id, url } : { id };
}

/** Sends `PUT {endpoint}?session_id=…` with the payload: the merchant's server updates the session. */
export async function requestUpdate(
  source: SessionSource,
  sessionId: string,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  const { endpoint } = source;
  if (!endpoint) throw problem("no-session-source");
  const url = new URL(endpoint, document.baseURI);
  url.searchParams.set("session_id", sessionId);
  await within(timeout, signal, "update-failed", "PUT", (limit) =>
    bodyOf(send("PUT", url, source, limit), `PUT ${endpoint}`),
  ).catch((cause: DinteroCheckoutError) => {
    const { code, message, status } = cause;
    if (code === "aborted") throw cause;
    // Any answer of 2xx will do: the refreshed session tells what came of it.
    if (code !== "endpoint-invalid") throw problem("update-failed", message, { cause, status });
  });
}

async function bodyOf(answer: Promise<Response>, what: string): Promise<unknown> {
  const response = await answer.catch((cause: Error) => {
    // A payload that is no JSON never leaves, and says so here.
    throw problem("endpoint-unreachable", `${what} (${cause.message}).`, { cause });
  });
  const { ok, status } = response;
  // A copy: who starts over while it is read reads it again.
  const body = (await response
    .clone()
    .json()
    .catch(() => {})) as { error?: unknown } | undefined;
  if (ok && typeof body === "object") return body;
  const code = ok ? "endpoint-invalid" : status < 500 ? "endpoint-refused" : "endpoint-failed";
  throw problem(code, `${what} answered ${status}.`, { status, cause: body?.error });
}
