import type { SessionHistoryEvent } from "../dintero/session-history-event.ts";
import type { Session as DinteroSession } from "../dintero/session.ts";

/** A session as the sandbox keeps it: Dintero's, with what is always there. */
export interface Session extends DinteroSession {
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string;
  readonly events: readonly SessionHistoryEvent[];
  /** There while the session is locked for an update. */
  readonly pay_lock?: { readonly id: string; readonly created_at: string };
}
