import { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";
import type { CheckoutFrame } from "./sdk.ts";

/** Tells the merchant's server what changed, and resolves when it has updated the session. */
export type Update = () => unknown;

/** Updates of a locked session, one after the other: lock → update → refresh. */
export class SessionUpdates {
  readonly #frame: () => CheckoutFrame;
  #running: Promise<Session> | null = null;
  #waiting: { readonly updates: Set<Update>; readonly done: Promise<Session> } | null = null;

  constructor(frame: () => CheckoutFrame) {
    this.#frame = frame;
  }

  /** Runs `update` at once, or together with all others that came while one was running. */
  run(update: Update, timeout: number, signal: AbortSignal | undefined): Promise<Session> {
    if (this.#waiting) {
      this.#waiting.updates.add(update);
      return this.#waiting.done;
    }
    const updates = new Set([update]);
    const turn = async (): Promise<Session> => {
      this.#waiting = null;
      return lockUpdateRefresh(this.#frame(), updates, timeout, signal);
    };
    const done: Promise<Session> = this.#running ? this.#running.then(turn, turn) : turn();
    if (this.#running) this.#waiting = { updates, done };
    this.#running = done;
    const end = (): void => {
      if (this.#running === done) this.#running = null;
    };
    done.then(end, end);
    return done;
  }
}

async function lockUpdateRefresh(
  frame: CheckoutFrame,
  updates: Iterable<Update>,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Session> {
  try {
    await frame.lock();
    for (const update of updates) await limited(update, timeout, signal);
  } catch (error) {
    // Paying comes back where the lock is gone; where it is not, the state says so.
    if ((error as DinteroCheckoutError).code !== "lock-failed") await frame.refresh().catch(() => {});
    throw error;
  }
  return frame.refresh();
}

function limited(update: Update, timeout: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: "timeout" | "aborted" | "update-failed", message: string, cause?: unknown): void =>
      reject(new DinteroCheckoutError(code, message, { cause }));
    const onAbort = (): void => fail("aborted", "The checkout was taken down during the update.");
    const timer = setTimeout(() => fail("timeout", `The update took more than ${timeout} ms.`), timeout);
    signal?.addEventListener("abort", onAbort, { once: true });
    Promise.resolve()
      .then(update)
      .then(
        () => resolve(),
        (cause: unknown) =>
          cause instanceof DinteroCheckoutError
            ? reject(cause)
            : fail("update-failed", "The update failed.", cause),
      )
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      });
  });
}
