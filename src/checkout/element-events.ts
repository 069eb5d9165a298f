import type { DinteroCheckoutError } from "./errors.ts";
import type { CheckoutState } from "./state.ts";

// What the element tells of itself, from its first moment on; what a session brings is in events.ts, loaded with it.

const plain = { bubbles: true, composed: true };

/** Something is in the way. Default action: show the error panel. */
export class CheckoutErrorEvent extends Event {
  readonly error: DinteroCheckoutError;
  constructor(error: DinteroCheckoutError) {
    super("dintero-error", { ...plain, cancelable: true });
    this.error = error;
  }
}

/** The state changed. */
export class StateEvent extends Event {
  readonly state: CheckoutState;
  readonly previousState: CheckoutState;
  constructor(state: CheckoutState, previousState: CheckoutState) {
    super("dintero-state", plain);
    this.state = state;
    this.previousState = previousState;
  }
}
