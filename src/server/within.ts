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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: (() => void) | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DinteroError("timeout", "no answer in time", { retryable: true }));
    }, ms);
    abort = () => {
      reject(new DinteroError("aborted", "the caller's signal ended the call"));
    };
    if (outer?.aborted) abort();
    outer?.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([end, outer?.aborted ? end : work(inner.signal)]);
  } finally {
    clearTimeout(timer);
    if (abort) outer?.removeEventListener("abort", abort);
    inner.abort();
  }
}

/** Pauses; rejects with `aborted` when the caller's signal ends it. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return within(ms, signal, () => new Promise<never>(() => {})).catch((error: DinteroError) => {
    if (error.code !== "timeout") throw error;
  });
}
