import { withDeadline } from "../core/deadline.ts";
import { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";

/** Makes the merchant's server update the session. Resolves when it has done so. */
export type Update = () => unknown;

/** The checkout that is updated. */
export interface UpdatableCheckout {
  /** Its abort ends everything. */
  readonly signal: AbortSignal;
  /** ms that an update of the page may take. */
  readonly timeout: number;
  /** @throws `not-ready` */
  assertOpen(): void;
  lock(): Promise<unknown>;
  refresh(): Promise<Session>;
  /** The update when the page passes none. */
  putUpdate(): Promise<void>;
}

/** Updates of a session, one after the other: lock → update → refresh. */
export class SessionUpdates {
  readonly #checkout: UpdatableCheckout;
  #running: Promise<unknown> | null = null;
  #next: { readonly updates: Set<Update | undefined>; readonly result: Promise<Session> } | null = null;

  constructor(checkout: UpdatableCheckout) {
    this.#checkout = checkout;
  }

  /** Runs the update at once, or together with all others that were requested while one was running. */
  run(update: Update | undefined): Promise<Session> {
    if (this.#next) {
      this.#next.updates.add(update);
      return this.#next.result;
    }
    // A set: calls without a function are one and the same update.
    const updates = new Set([update]);
    const start = async (): Promise<Session> => {
      this.#next = null;
      return this.#lockUpdateRefresh(updates);
    };
    const result = this.#running ? this.#running.then(start, start) : start();
    if (this.#running) this.#next = { updates, result };
    this.#running = result;
    const end = (): void => {
      if (this.#running === result) this.#running = null;
    };
    result.then(end, end);
    return result;
  }

  async #lockUpdateRefresh(updates: Iterable<Update | undefined>): Promise<Session> {
    const checkout = this.#checkout;
    checkout.signal.throwIfAborted();
    checkout.assertOpen();
    await checkout.lock();
    try {
      for (const update of updates) await (update ? this.#runUpdate(update) : checkout.putUpdate());
    } catch (error) {
      // The shopper can pay again once the lock is gone. Otherwise the state stays `locked`.
      await checkout.refresh().catch(() => {});
      throw error;
    }
    return checkout.refresh();
  }

  async #runUpdate(update: Update): Promise<void> {
    const { signal, timeout } = this.#checkout;
    const timeoutError = (): Error =>
      new DinteroCheckoutError("timeout", { what: `The update did not finish within ${timeout} ms.` });
    await withDeadline({ timeout, signal, timeoutError }, update).catch((cause: unknown) => {
      if (cause instanceof DinteroCheckoutError) throw cause;
      const what = `The update failed: ${cause instanceof Error ? cause.message : String(cause)}.`;
      throw new DinteroCheckoutError("update-failed", { what, fix: "The reason is the cause.", cause });
    });
  }
}
