import type { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";
import type { Panel } from "./shown-panel.ts";
import type { CheckoutState } from "./state.ts";

/** Where a checkout stands at one moment. */
export interface CheckoutSnapshot {
  readonly state: CheckoutState;
  /** The session last seen; it may be one of an attempt before. */
  readonly session: Session | null;
  /** The session in the frame of the attempt that runs. */
  readonly shownSession: Session | null;
  /** What went wrong last. */
  readonly error: DinteroCheckoutError | null;
  /** The panel that an event's default action has shown. */
  readonly panel: Panel | null;
}
