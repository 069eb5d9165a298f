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
  { timeout, signal: outer }: TimeoutOptions,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(callerEnded());
  const timer = setTimeout(
    () => controller.abort(new DinteroError("timeout", "no answer in time", { retryable: true })),
    timeout,
  );
  outer?.addEventListener("abort", abort);
  if (outer?.aborted) abort();
  try {
    signal.throwIfAborted();
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as DinteroError));
    });
    return await Promise.race([work(signal), ended]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
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
