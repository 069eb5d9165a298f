import type { Session, SessionUpdate } from "../dintero/session.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasAnyId } from "./check-id.ts";
import { checkSessionUpdate } from "./check-request.ts";
import { strictAmounts, type Connection } from "./connection.ts";

export interface UpdateOptions extends CallOptions {
  /** Update a session that is not locked: from server to server, before its checkout was rendered. Default false. */
  readonly withoutLock?: boolean | undefined;
}

/** `PUT /v1/sessions/{id}`. */
export function updateSession(call: Connection) {
  return async (
    sessionId: string,
    update: SessionUpdate,
    { withoutLock = false, signal }: UpdateOptions = {},
  ): Promise<Session> => {
    const path = `/sessions/${checkId(sessionId)}`;
    checkSessionUpdate(update);
    const answer = await call({
      method: "PUT",
      path,
      query: withoutLock ? { update_without_lock: true } : {},
      headers: strictAmounts,
      body: { remove_lock: true, ...update },
      repeatable: true,
      isValid: hasAnyId,
      signal,
    });
    return answer as Session;
  };
}
