import type { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";
import type { Panel } from "./panels.ts";
import type { CheckoutState } from "./state.ts";

/** The element, as far as a flow knows it. */
export interface FlowHost {
  readonly state: CheckoutState;
  /** Sets what is given, and dispatches `dintero-state` when the state has changed. */
  update(changes: { state?: CheckoutState; session?: Session; error?: DinteroCheckoutError }): void;
  /** Dispatches the event. Unless it is prevented, runs the default action and shows the panel it returns. */
  dispatch(event: Event, defaultAction?: () => Panel | null): void;
  /** Starts over, with the session of this flow. */
  restart(): void;
}
