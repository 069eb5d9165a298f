/** Holds back every timer of one length, so that a test ends it when it likes and waits for nothing. */
export function holdTimers(length: number) {
  const { setTimeout: set, clearTimeout: clear } = window;
  const held = new Map<number, () => void>();
  let last = -1;
  window.setTimeout = ((run: () => void, ms?: number, ...given: unknown[]) => {
    if (ms !== length) return set(run, ms, ...given);
    held.set(--last, () => run(...(given as [])));
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
    /** Their time is over. */
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
