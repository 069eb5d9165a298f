/** A bounded list of numbered entries that readers can wait on. */
export class Feed<T extends object> {
  readonly #keep: number;
  #entries: (T & { readonly seq: number })[] = [];
  #waiting = new Set<() => void>();
  /** Number of the newest entry; 0 before the first. */
  seq = 0;

  /** @param keep how many entries are kept; older ones are forgotten. */
  constructor(keep: number) {
    this.#keep = keep;
  }

  add(entry: T): void {
    this.seq += 1;
    this.#entries.push({ ...entry, seq: this.seq });
    if (this.#entries.length > this.#keep) this.#entries = this.#entries.slice(-this.#keep);
    for (const wake of [...this.#waiting]) wake();
  }

  /** Entries newer than `after`, oldest first. */
  since(after: number): readonly (T & { readonly seq: number })[] {
    return this.#entries.filter((entry) => entry.seq > after);
  }

  /** The same, but waits up to `wait` ms for the first one. */
  async next(after: number, wait: number, signal?: AbortSignal): Promise<readonly (T & { seq: number })[]> {
    if (after >= this.seq && wait > 0) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.#waiting.delete(done);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, wait);
        this.#waiting.add(done);
        signal?.addEventListener("abort", done);
      });
    }
    return this.since(after);
  }

  clear(): void {
    this.#entries = [];
    for (const wake of [...this.#waiting]) wake();
  }
}
