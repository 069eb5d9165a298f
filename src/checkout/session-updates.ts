import { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";
import type { CheckoutFrame } from "./sdk.ts";
import { within } from "../shared/deadline.ts";
import { problem } from "./problem.ts";

/** Tells the merchant's server what changed, and resolves when it has updated the session. */
export type Update = () => unknown;

/** The checkout on the page, the end of it, and the ms an update may take. Throws where there is none. */
type Open = () => readonly [frame: CheckoutFrame, signal: AbortSignal, timeout: number];

/** Updates of a locked session, one after the other: lock → update → refresh. */
export class SessionUpdates {
  readonly #open: Open;
  #running: Promise<unknown> | null = null;
  #waiting: { readonly updates: Set<Update>; readonly done: Promise<Session> } | null = null;

  constructor(open: Open) {
    this.#open = open;
  }

  /** Runs `update` at once, or together with all others that came while one was running. */
  run(update: Update): Promise<Session> {
    if (this.#waiting) {
      this.#waiting.updates.add(update);
      return this.#waiting.done;
    }
    const updates = new Set([update]);
    const turn = async (): Promise<Session> => {
      this.#waiting = null;
      return lockUpdateRefresh(updates, ...this.#open());
    };
    const done = this.#running ? this.#running.then(turn, turn) : turn();
    if (this.#running) this.#waiting = { updates, done };
    const end = (): void => {
      if (this.#running === done) this.#running = null;
    };
    this.#running = done;
    done.then(end, end);
    return done;
  }
}

async function lockUpdateRefresh(
  updates: Iterable<Update>,
  frame: CheckoutFrame,
  signal: AbortSignal,
  timeout: number,
): Promise<Session> {
  try {
    await frame.lock();
    for (const update of updates) await within(timeout, signal, "timeout", "updateSession()", update);
  } catch (cause) {
    const known = cause instanceof DinteroCheckoutError;
    // Paying comes back where the lock is gone; where it is not, the state says so.
    if (!known || cause.code !== "lock-failed") await frame.refresh().catch(() => {});
    throw known ? cause : problem("update-failed", "", { cause });
  }
  return frame.refresh();
}
