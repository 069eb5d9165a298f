import { withDeadline } from "../core/deadline.ts";
import { DinteroError } from "./errors.ts";

export interface TimeoutOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends the wait early. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for `work` no longer than `timeout` and the caller's signal allow, whether or not `work` heeds the signal that
 * it is given. Rejects with `timeout` or `aborted`.
 */
export async function withTimeout<T>(
  { timeout, signal }: TimeoutOptions,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const timeoutError = () => new DinteroError("timeout", "no answer in time", { retryable: true });
  try {
    return await withDeadline({ timeout, signal, timeoutError }, work);
  } catch (error) {
    throw signal?.aborted && error === signal.reason ? callerEnded() : error;
  }
}

/** Waits; rejects with `aborted` when the signal fires first. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    const abort = () => {
      clearTimeout(timer);
      reject(callerEnded());
    };
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
  });
}

function callerEnded(): DinteroError {
  return new DinteroError("aborted", "the caller ended the call");
}
