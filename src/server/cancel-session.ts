import type { Session } from "../dintero/session.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasId } from "./check-id.ts";
import type { Connection } from "./connection.ts";

/** `POST /v1/sessions/{id}/cancel`. */
export function cancelSession(call: Connection) {
  return async (sessionId: string, { signal }: CallOptions = {}): Promise<Session> => {
    const path = `/sessions/${checkId(sessionId)}/cancel`;
    // It may void a transaction.
    const answer = await call({
      method: "POST",
      path,
      repeatable: false,
      isValid: hasId(sessionId),
      signal,
    });
    return answer as Session;
  };
}
