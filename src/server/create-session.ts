import { isFollowableHref } from "../core/addresses.ts";
import type { CreatedSession, SessionRequest } from "../dintero/session.ts";
import type { CallOptions } from "./call-options.ts";
import { hasAnyId } from "./check-id.ts";
import { checkSession } from "./check-request.ts";
import { strictAmounts, type Connection } from "./connection.ts";

/** `POST /v1/sessions-profile`. */
export function createSession(call: Connection) {
  return async (session: SessionRequest, { signal }: CallOptions = {}): Promise<CreatedSession> => {
    checkSession(session);
    const answer = await call({
      method: "POST",
      path: "/sessions-profile",
      headers: strictAmounts,
      body: session,
      // At most an unused session stays behind.
      repeatable: true,
      isValid: isCreatedSession,
      signal,
    });
    const { id, url } = answer as CreatedSession;
    return { id, url };
  };
}

function isCreatedSession(answer: unknown): boolean {
  const { url } = (answer ?? {}) as Partial<CreatedSession>;
  // With `channel: "in_app"` it may be an app's link, such as vipps://….
  return hasAnyId(answer) && isFollowableHref(url);
}
