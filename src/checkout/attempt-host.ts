import type { ResolvedMode } from "./checkout-mode.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import type { CheckoutSnapshot } from "./checkout-snapshot.ts";
import type { SessionSource } from "./session-source.ts";
import type { Panel } from "./shown-panel.ts";

export interface AttemptOptions extends CheckoutOptions {
  /** The element, and in its shadow root the box that takes the frame. */
  readonly element: HTMLElement;
  readonly box: HTMLElement;
  readonly mode: ResolvedMode;
  readonly source: SessionSource;
}

/** The part of the controller that an attempt uses. */
export interface AttemptHost {
  snapshot(): CheckoutSnapshot;
  /** The attributes as they are now. */
  options(): CheckoutOptions;
  /** Sets what is given, and dispatches `dintero-state` when the state has changed. */
  update(changes: Partial<CheckoutSnapshot>): void;
  /** Dispatches the event. False when it was prevented: then its default action is left out. */
  dispatch(event: Event): boolean;
  /** Shows a panel in front of the frame. Nothing once another attempt has started. */
  showPanel(panel: Panel | null): void;
  /** Starts another attempt with the same session. */
  startAgain(): void;
}
