import type { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";
import type { Panel } from "./panels.ts";
import type { CreatedSession, EndpointOptions } from "./session-endpoint.ts";
import type { CheckoutState } from "./state.ts";

export interface FlowOptions {
  /** The element, and in its shadow root the box that takes the frame. */
  readonly element: HTMLElement;
  readonly box: HTMLElement;
  readonly mode: "embed" | "redirect" | "pop-out";
  /** As the attribute has it. */
  readonly checkoutUrl: string | null;
  /** The session to show. Null for the one that the endpoint creates. */
  readonly sessionId: string | null;
  readonly createdSession: CreatedSession;
  /** Read when a request is sent. */
  readonly endpointOptions: () => EndpointOptions;
  readonly language: string | undefined;
  /** ms to wait for the frame's first message, and for each of its answers. */
  readonly timeout: number;
  /** Whether the page decides on payments and addresses. */
  readonly validateSession: boolean;
  readonly addressCallback: boolean;
  /** What the shopper reads when the page refuses without a message. */
  readonly refusalText: () => string;
}

/** The part of the element that a flow uses. */
export interface FlowHost {
  readonly state: CheckoutState;
  /** Sets what is given, and dispatches `dintero-state` when the state has changed. */
  update(changes: { state?: CheckoutState; session?: Session; error?: DinteroCheckoutError }): void;
  /** Dispatches the event. Unless it is prevented, runs the default action and shows the panel it returns. */
  dispatch(event: Event, defaultAction?: () => Panel | null): void;
  /** Starts another flow with the session of this one. */
  startAgain(): void;
}
