import { vi } from "vitest";
import type { Upstream } from "./upstream.ts";

/** Milliseconds: the longest pause before another attempt. */
const longestPause = 600;

/**
 * Settles a call whose attempts have this timeout in fake time: whenever Dintero leaves a request without an answer,
 * the timeout of that attempt and the pause after it are over at once.
 */
export async function inFakeTime<T>(
  { upstream, timeout }: { readonly upstream: Upstream; readonly timeout: number },
  call: () => Promise<T>,
): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    let isSettled = false;
    const result = call().finally(() => (isSettled = true));
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    let hang = upstream.hang();
    for (;;) {
      await Promise.race([settled, hang]);
      if (isSettled) return await result;
      hang = upstream.hang();
      await vi.advanceTimersByTimeAsync(timeout + longestPause);
    }
  } finally {
    vi.useRealTimers();
  }
}
