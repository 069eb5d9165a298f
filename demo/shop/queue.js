// @ts-check

/** Runs what concerns one key one after the other, and different keys side by side. */
export class Queue {
  /** @type {Map<string, Promise<unknown>>} */
  #tails = new Map();

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} task
   * @returns {Promise<T>}
   */
  async run(key, task) {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    // The one behind must run whether or not this one failed, and a failure belongs to this caller alone.
    const tail = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
