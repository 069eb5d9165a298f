import { problem, type Problem } from "../checkout/problem.ts";

/** Rejects with the signal's reason when it aborts. */
export function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
  });
}

/**
 * Does something that has `ms` to come to an end, so that every promise of ours settles: with what comes of it, with
 * `late` after that time, or with `aborted` when `signal` aborts. The signal handed to `work` aborts in the end.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  late: Problem,
  what: string,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const end = new AbortController();
  const stop = (code: Problem, message?: string): void => end.abort(problem(code, message));
  const aborted = (): void => stop("aborted");
  const timer = setTimeout(stop, ms, late, `${what}: no answer within ${ms} ms.`);
  signal.addEventListener("abort", aborted);
  if (signal.aborted) aborted();
  const stopped = rejection(end.signal);
  try {
    return await Promise.race([stopped, work(end.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", aborted);
    stopped.catch(() => {});
    end.abort();
  }
}
