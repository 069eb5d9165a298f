import { withDeadline } from "../shared/deadline.ts";
import type { Answer, Respond } from "./events.ts";
import { decisionTimeout } from "./timeouts.ts";

export interface DecisionRequest {
  /** What is decided on, for the console: "the payment", "the address". */
  readonly subject: string;
  readonly signal: AbortSignal;
  /** Dispatches the event whose `respondWith()` is `respond`. */
  readonly dispatch: (respond: Respond) => void;
}

/**
 * Lets the page decide, and refuses unless it accepts. Resolves with true, the page's message to the shopper, or null
 * for a refusal without one: `false`, no answer, a rejected promise, silence. Never rejects.
 */
export async function requestDecision({
  subject,
  signal,
  dispatch,
}: DecisionRequest): Promise<true | string | null> {
  const timeoutError = (): Error => new Error(`respondWith() was not settled within ${decisionTimeout} ms`);
  try {
    const answer: unknown = await withDeadline({ timeout: decisionTimeout, signal, timeoutError }, () => {
      let given: Answer | PromiseLike<Answer> | undefined;
      dispatch((answer) => {
        given = answer;
      });
      if (given === undefined) throw new Error("no listener called respondWith()");
      return given;
    });
    return answer === true || (typeof answer === "string" && answer) || null;
  } catch (reason) {
    if (!signal.aborted) console.warn(`<dintero-checkout> refused ${subject}:`, reason);
    return null;
  }
}
