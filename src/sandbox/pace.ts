/** How often something may happen. */
export interface PaceOptions {
  /** So often at once. */
  readonly burst: number;
  /** And then so often in a second. */
  readonly perSecond: number;
  /** The clock, in ms. */
  readonly now: () => number;
}

/** Allows what a person can do, and refuses what only a program does. */
export class Pace {
  readonly #options: PaceOptions;
  #left: number;
  #at: number;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#left = options.burst;
    this.#at = options.now();
  }

  /** Whether it may happen once more now. */
  take(): boolean {
    const { burst, perSecond, now } = this.#options;
    const at = now();
    // A clock that is set back gives nothing and takes nothing.
    this.#left = Math.min(burst, this.#left + (Math.max(at - this.#at, 0) / 1000) * perSecond);
    this.#at = at;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
