import type { Session } from "../dintero/session.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasAnyId } from "./check-id.ts";
import type { Connection } from "./connection.ts";

/** `GET /v1/sessions/{id}`. */
export function getSession(call: Connection) {
  return async (sessionId: string, { signal }: CallOptions = {}): Promise<Session> => {
    const path = `/sessions/${checkId(sessionId)}`;
    const answer = await call({ method: "GET", path, repeatable: true, isValid: hasAnyId, signal });
    return answer as Session;
  };
}
