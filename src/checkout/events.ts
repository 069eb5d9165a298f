import { ownOptions } from "../core/own-fields.ts";
import type { DinteroCheckoutError } from "./errors.ts";
import type { CheckoutState } from "./state.ts";

/** The session as the checkout shows it: Dintero's own object, read-only. Amounts are in minor units. */
export interface Session {
  readonly id?: string;
  readonly order: {
    /** Total in minor units (29990 is 299.90), VAT included. */
    readonly amount: number;
    /** ISO 4217. */
    readonly currency: string;
    readonly merchant_reference?: string;
    readonly [field: string]: unknown;
  };
  /** Set while the session is locked for an update. */
  readonly pay_lock?: unknown;
  readonly [field: string]: unknown;
}

/** A field of the order that differs from the session shown before. */
export type SessionChange =
  "amount" | "items" | "shipping_address" | "billing_address" | "shipping_option" | "discount_codes";

/** `true` accepts; `false` or a message for the shopper refuses. */
export type Answer = boolean | string;

/** Takes the page's answer, or a promise of it. */
export type Respond = (answer: Answer | PromiseLike<Answer>) => void;

const notCancelable: EventInit = ownOptions({ bubbles: true, composed: true });
const cancelable: EventInit = ownOptions({ bubbles: true, composed: true, cancelable: true });

/** The session was shown for the first time, or again after an update. SDK: `SessionLoaded`, `SessionUpdated`. */
export class SessionEvent extends Event {
  readonly session: Session;
  readonly reason: "loaded" | "updated";
  /** What differs from the session shown before; empty for the first. */
  readonly changes: readonly SessionChange[];
  constructor(session: Session, reason: "loaded" | "updated", changes: readonly SessionChange[] = []) {
    super("dintero-session", notCancelable);
    this.session = session;
    this.reason = reason;
    this.changes = changes;
  }
}

/**
 * The payment was authorized, or put on hold for more checks. A hint: read the transaction on the server.
 * Default action: go to `href`. SDK: `SessionPaymentAuthorized`, `SessionPaymentOnHold`.
 */
export class PaymentEvent extends Event {
  readonly status: "authorized" | "on-hold";
  readonly transactionId: string;
  readonly merchantReference: string;
  /** The return url; null when there is none, or when the payment was made in another tab. */
  readonly href: string | null;
  constructor(
    status: "authorized" | "on-hold",
    transactionId: string,
    merchantReference: string,
    href: string | null,
  ) {
    super("dintero-payment", cancelable);
    this.status = status;
    this.transactionId = transactionId;
    this.merchantReference = merchantReference;
    this.href = href;
  }
}

/** The payment failed. Default action: go to `href`. SDK: `SessionPaymentError`. */
export class PaymentErrorEvent extends Event {
  /** Dintero's error code: `authorization`, `failed`, … */
  readonly reason: string;
  readonly href: string | null;
  constructor(reason: string, href: string | null) {
    super("dintero-payment-error", cancelable);
    this.reason = reason;
    this.href = href;
  }
}

/** The shopper cancelled. Default action: go to `href`. SDK: `SessionCancel`. */
export class CancelEvent extends Event {
  readonly href: string | null;
  constructor(href: string | null) {
    super("dintero-cancel", cancelable);
    this.href = href;
  }
}

/** The session is unknown or expired. Default action: show the "expired" panel. SDK: `SessionNotFound`. */
export class SessionNotFoundEvent extends Event {
  constructor() {
    super("dintero-session-not-found", cancelable);
  }
}

/** The session is locked for an update. SDK: `SessionLocked`. */
export class SessionLockedEvent extends Event {
  readonly payLockId: string;
  constructor(payLockId: string) {
    super("dintero-session-locked", notCancelable);
    this.payLockId = payLockId;
  }
}

/** The session could not be locked. SDK: `SessionLockFailed`. */
export class SessionLockFailedEvent extends Event {
  constructor() {
    super("dintero-session-lock-failed", notCancelable);
  }
}

/** The shopper chose another payment type. SDK: `ActivePaymentProductType`. */
export class PaymentTypeEvent extends Event {
  /** `payex.creditcard`, `vipps`, …, or null when none is chosen. */
  readonly paymentProductType: string | null;
  constructor(paymentProductType: string | null) {
    super("dintero-payment-type", notCancelable);
    this.paymentProductType = paymentProductType;
  }
}

/** The page decides whether something may continue; `respondWith()` works as in `FetchEvent`. */
class DecisionEvent extends Event {
  readonly session: Session;
  #responded = false;
  readonly #respond: Respond;

  constructor(type: string, session: Session, respond: Respond) {
    super(type, notCancelable);
    this.session = session;
    this.#respond = respond;
  }

  /**
   * Answers: `true` accepts, `false` or a message for the shopper refuses, or a promise of one of them, which has
   * 30 s. No answer, a rejected promise and silence refuse.
   *
   * @throws {DOMException} `InvalidStateError` when called after dispatch, or twice
   */
  respondWith(answer: Answer | PromiseLike<Answer>): void {
    if (this.eventPhase === Event.NONE || this.#responded) {
      throw new DOMException("Call respondWith() once, while the event is dispatched.", "InvalidStateError");
    }
    this.#responded = true;
    this.#respond(answer);
  }
}

/** Whether a payment may continue. Needs the attribute `validate-session`. SDK: `ValidateSession`. */
export class ValidateSessionEvent extends DecisionEvent {
  constructor(session: Session, respond: Respond) {
    super("dintero-validate-session", session, respond);
  }
}

/**
 * Whether the shopper's address is accepted. Needs the attribute `address-callback` and an SDK that supports it. SDK:
 * `AddressCallback`.
 */
export class AddressCallbackEvent extends DecisionEvent {
  constructor(session: Session, respond: Respond) {
    super("dintero-address-callback", session, respond);
  }
}

/** The browser is about to leave for Dintero's own page, or another one. Default action: go to `url`. */
export class RedirectEvent extends Event {
  readonly url: string;
  constructor(url: string) {
    super("dintero-redirect", cancelable);
    this.url = url;
  }
}

/** Something went wrong. Default action: show the error panel. */
export class CheckoutErrorEvent extends Event {
  readonly error: DinteroCheckoutError;
  constructor(error: DinteroCheckoutError) {
    super("dintero-error", cancelable);
    this.error = error;
  }
}

/** The state changed. */
export class StateEvent extends Event {
  readonly state: CheckoutState;
  readonly previousState: CheckoutState;
  constructor(state: CheckoutState, previousState: CheckoutState) {
    super("dintero-state", notCancelable);
    this.state = state;
    this.previousState = previousState;
  }
}

/** Every event of `<dintero-checkout>` by its name. */
export interface DinteroCheckoutEventMap {
  "dintero-session": SessionEvent;
  "dintero-payment": PaymentEvent;
  "dintero-payment-error": PaymentErrorEvent;
  "dintero-cancel": CancelEvent;
  "dintero-session-not-found": SessionNotFoundEvent;
  "dintero-session-locked": SessionLockedEvent;
  "dintero-session-lock-failed": SessionLockFailedEvent;
  "dintero-payment-type": PaymentTypeEvent;
  "dintero-validate-session": ValidateSessionEvent;
  "dintero-address-callback": AddressCallbackEvent;
  "dintero-redirect": RedirectEvent;
  "dintero-error": CheckoutErrorEvent;
  "dintero-state": StateEvent;
}
