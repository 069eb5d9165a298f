import { DinteroError } from "./errors.ts";

/**
 * Waits for `work` for at most `ms` milliseconds and no longer than the caller's signal allows, whether or not `work`
 * heeds the signal it is given. Rejects with `timeout` or `aborted`.
 */
export async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const inner = new AbortController();
  const { signal } = inner;
  const end = (code: "aborted" | "timeout", message: string) =>
    inner.abort(new DinteroError(code, message, { retryable: code === "timeout" }));
  const abort = () => end("aborted", "the caller ended the call");
  const timer = setTimeout(() => end("timeout", "no answer in time"), ms);
  outer?.addEventListener("abort", abort);
  if (outer?.aborted) abort();
  try {
    signal.throwIfAborted();
    return await Promise.race([
      work(signal),
      new Promise<never>((_, reject) => {
        signal.onabort = () => reject(signal.reason as DinteroError);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}
