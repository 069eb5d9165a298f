import { withDeadline } from "../core/deadline.ts";
import type { AttemptHost } from "./attempt-host.ts";
import {
  AddressCallbackEvent,
  ValidateSessionEvent,
  type Answer,
  type Respond,
  type Session,
} from "./events.ts";
import { stateOfSession } from "./state.ts";
import { decisionTimeout } from "./timeouts.ts";

export interface DecisionOptions {
  readonly host: AttemptHost;
  readonly signal: AbortSignal;
  readonly session: Session;
}

/** Lets the page decide on a payment. The state is `validating` meanwhile. Resolves as {@link decide} does. */
export async function decideOnPayment({
  host,
  signal,
  session,
}: DecisionOptions): Promise<true | string | null> {
  host.update({ state: "validating" });
  const decision = await decide("the payment", signal, (respond) =>
    host.dispatch(new ValidateSessionEvent(session, respond)),
  );
  if (host.snapshot().state === "validating") host.update({ state: stateOfSession(session) });
  return decision;
}

/** Lets the page decide on an address. Resolves as {@link decide} does. */
export function decideOnAddress({ host, signal, session }: DecisionOptions): Promise<true | string | null> {
  return decide("the address", signal, (respond) =>
    host.dispatch(new AddressCallbackEvent(session, respond)),
  );
}

/**
 * Refuses unless the page accepts. Resolves with true, the page's message to the shopper, or null for a refusal without
 * one: `false`, no answer, a rejected promise, silence. Never rejects.
 */
async function decide(
  subject: string,
  signal: AbortSignal,
  dispatch: (respond: Respond) => unknown,
): Promise<true | string | null> {
  const timeoutError = (): Error => new Error(`respondWith() was not settled within ${decisionTimeout} ms`);
  try {
    const answer: unknown = await withDeadline({ timeout: decisionTimeout, signal, timeoutError }, () => {
      let given: Answer | PromiseLike<Answer> | undefined;
      dispatch((response) => {
        given = response;
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
