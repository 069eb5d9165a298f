import type { Redactors } from "./redactors.ts";

/** A request to Dintero, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** When all attempts must have ended, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Whether a repeat does no harm. If not, it is repeated only where Dintero certainly did not process it. */
  readonly repeatable: boolean;
  /** Whether a 2xx answer makes sense. */
  isValid(answer: unknown): boolean;
  /** Takes the secrets out of what Dintero answers, before it is passed on. */
  readonly redactors: Redactors;
  readonly signal?: AbortSignal | undefined;
}
