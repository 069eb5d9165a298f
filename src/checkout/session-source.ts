import { withDeadline } from "../core/deadline.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import { DinteroCheckoutError } from "./errors.ts";
import { requestSession, type EndpointOptions, type SessionReference } from "./session-endpoint.ts";

type Source = Pick<CheckoutOptions, "sessionId" | "endpoint" | "fetchSession">;

interface SessionRequest {
  readonly answer: Promise<SessionReference>;
  readonly controller: AbortController;
}

/** Whether there is something that creates sessions. */
export function canCreate({ endpoint, fetchSession }: Omit<Source, "sessionId">): boolean {
  return Boolean(endpoint || fetchSession);
}

/**
 * Which session is shown: the one that was given, until it is over, else the one that the merchant's server creates. That
 * one is requested once and kept, over restarts, until it is discarded.
 */
export class SessionSource {
  #request: SessionRequest | null = null;
  #created: SessionReference | null = null;
  /** A given session that is over: where something creates sessions, the next one is new. */
  #usedId: string | null = null;

  /** The session to show. Null while it is to be created. */
  reference(source: Source): SessionReference | null {
    const { sessionId } = source;
    const isUsed = canCreate(source) && sessionId === this.#usedId;
    return sessionId && !isUsed ? { id: sessionId } : this.#created;
  }

  /** Sends the request, unless one is under way. */
  async create(options: EndpointOptions, signal: AbortSignal): Promise<SessionReference> {
    const request = (this.#request ??= startRequest(options));
    const { timeout } = options;
    const timeoutError = (): Error =>
      new DinteroCheckoutError("endpoint-unreachable", {
        what: `${options.fetchSession ? "fetchSession()" : `POST ${options.endpoint}`} did not answer within ${timeout} ms.`,
      });
    try {
      this.#created = await withDeadline({ timeout, signal, timeoutError }, () => request.answer);
      this.#request = null;
      return this.#created;
    } catch (error) {
      // After a restart the request under way belongs to the next attempt.
      if (!signal.aborted) this.#discard();
      throw error;
    }
  }

  /** The element was removed: a request under way is canceled, a session that was created is kept. */
  cancel(): void {
    if (!this.#created) this.#discard();
  }

  /** The session is over: where something creates sessions, the next start is with a new one. */
  drop({ sessionId }: Source): void {
    this.#discard();
    this.#usedId = sessionId;
  }

  /** Another source was set. */
  reset(): void {
    this.#discard();
    this.#usedId = null;
  }

  #discard(): void {
    this.#request?.controller.abort(new DinteroCheckoutError("aborted"));
    this.#request = this.#created = null;
  }
}

function startRequest(options: EndpointOptions): SessionRequest {
  const controller = new AbortController();
  const answer = requestSession(options, controller.signal);
  // The attempt that waits for it may have ended.
  answer.catch(() => {});
  return { answer, controller };
}
