export interface Deadline {
  /** Milliseconds. */
  readonly timeout: number;
  /** Its abort rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The error to reject with after `timeout`. */
  readonly timeoutError: () => Error;
}

/**
 * Settles by the deadline, whether or not `work` does. The signal passed to `work` aborts at the end, so that `work`
 * can remove what it has registered.
 */
export async function withDeadline<T>(
  { timeout, signal, timeoutError }: Deadline,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(timeoutError()), timeout);
  const abort = (): void => end.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  const stopped = rejection(end.signal);
  // The abort below rejects it once more, when no caller waits any longer.
  stopped.catch(() => {});
  try {
    return await Promise.race([stopped, work(end.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    end.abort();
  }
}

/** Rejects with the signal's reason when it aborts. */
export function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
  });
}
