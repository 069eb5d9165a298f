import type { Answer } from "./events.ts";
import { within } from "../shared/deadline.ts";

/** ms a page has for its answer. */
const patience = 30_000;

/**
 * Puts a question to the page and fails closed: only `true` passes. A message refuses with it; null, for `false`, no
 * answer, a rejection or silence, refuses with a general one. Never rejects.
 */
export async function ask(
  dispatch: (take: (answer: Answer | PromiseLike<Answer>) => void) => void,
  signal: AbortSignal,
): Promise<true | string | null> {
  try {
    const answer: unknown = await within(
      patience,
      signal,
      "timeout",
      "respondWith()",
      () =>
        new Promise((resolve, reject) => {
          let taken = false;
          dispatch((given) => {
            taken = true;
            resolve(given);
          });
          if (!taken) reject("nobody called respondWith()");
        }),
    );
    return answer === true || (typeof answer === "string" && answer) || null;
  } catch (reason) {
    if (!signal.aborted) console.warn("<dintero-checkout> refuses the payment:", reason);
    return null;
  }
}
