/** Holds every timer of one length, so that a test can end it at once instead of waiting. */
export function holdTimers(length: number) {
  const { setTimeout: set, clearTimeout: clear } = window;
  const held = new Map<number, () => void>();
  let last = -1;
  window.setTimeout = ((run: () => void, ms?: number, ...args: unknown[]) => {
    if (ms !== length) return set(run, ms, ...args);
    held.set(--last, () => run(...(args as [])));
    return last;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    if (!held.delete(Number(id))) clear(id);
  };
  return {
    /** How many are running. */
    get running(): number {
      return held.size;
    },
    /** Runs the held timers. */
    elapse(): void {
      const due = [...held.values()];
      held.clear();
      for (const run of due) run();
    },
    release(): void {
      window.setTimeout = set;
      window.clearTimeout = clear;
    },
  };
}
