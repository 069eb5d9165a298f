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
  const abort = () => controller.abort(new DinteroError("aborted", "the caller ended the call"));
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

/** Rejects with `aborted` when the signal fires first. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  await withTimeout({ timeout: milliseconds + 1000, signal }, sleep);
}
