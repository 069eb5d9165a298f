import { readAnswer, type Answer } from "./answer.ts";
import type { DinteroError } from "./errors.ts";
import { failureOf } from "./failure.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { pause, withTimeout } from "./with-timeout.ts";

export interface SenderOptions {
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds for one attempt; undefined: 5000, or for what cannot be repeated the time that is left. */
  readonly timeout?: number | undefined;
  /** Attempts after the first. */
  readonly retries: number;
}

export type Sender = (request: OutgoingRequest) => Promise<unknown>;

const defaultTimeout = 5000;

/** Sends a request, again where that helps and does no harm, and resolves to the JSON that Dintero answers. */
export function createSender({ fetch, timeout, retries }: SenderOptions): Sender {
  async function attempt(request: OutgoingRequest, body: string | undefined): Promise<unknown> {
    const { url, method, deadline, repeatable, authorization, signal } = request;
    const left = deadline - performance.now();
    const limit = Math.min(left, timeout ?? (repeatable ? defaultTimeout : left));
    let answer: Answer;
    try {
      answer = await withTimeout({ timeout: limit, signal }, async (attemptSignal) => {
        // Looked up late and called as a plain function: tests replace the global one, and workerd wants it so.
        const call = fetch ?? globalThis.fetch;
        const type = body === undefined ? {} : { "content-type": "application/json" };
        const response = await call(url, {
          method,
          headers: { ...request.headers, ...type, authorization },
          body: body ?? null,
          signal: attemptSignal,
          // A redirect is not followed: it could take the credentials elsewhere.
          redirect: "manual",
        });
        return readAnswer(response);
      });
    } catch (reason) {
      throw failureOf(request, { reason });
    }
    const { ok, content, contentIsJson } = answer;
    if (!ok || !contentIsJson || !request.isValid(content)) throw failureOf(request, { answer });
    return request.redactors.lenient.json(content);
  }

  return async (request) => {
    const body = JSON.stringify(request.body) as string | undefined;
    for (let repeats = 0; ; repeats++) {
      try {
        return await attempt(request, body);
      } catch (reason) {
        const error = reason as DinteroError;
        const wait = waitBefore(repeats, error.retryAfter);
        const isLate = performance.now() + wait >= request.deadline;
        if (!error.retryable || repeats >= retries || isLate) throw error;
        await pause(wait, request.signal).catch((ended: unknown) => {
          throw failureOf(request, { reason: ended });
        });
      }
    }
  };
}

/** Milliseconds, with jitter, so that what failed together does not come back together. */
function waitBefore(repeats: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined) return retryAfter + Math.random() * Math.min(retryAfter / 4, 1000);
  return 200 * 2 ** repeats * (0.5 + Math.random());
}
