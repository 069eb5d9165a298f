import type { CheckoutErrorEvent, StateEvent } from "./element-events.ts";

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

/** `true` lets it pass; `false` or a message for the shopper refuses. */
export type Answer = boolean | string;

const plain = { bubbles: true, composed: true };
const cancelable = { ...plain, cancelable: true };

/** The session was shown for the first time, or anew after an update. SDK: `SessionLoaded`, `SessionUpdated`. */
export class SessionEvent extends Event {
  readonly session: Session;
  readonly reason: "loaded" | "updated";
  constructor(session: Session, reason: "loaded" | "updated") {
    super("dintero-session", plain);
    this.session = session;
    this.reason = reason;
  }
}

/**
 * The payment was authorized, or put on hold for more checks. A hint: the server's word is the truth.
 * Default action: go to `href`. SDK: `SessionPaymentAuthorized`, `SessionPaymentOnHold`.
 */
export class PaymentEvent extends Event {
  readonly status: "authorized" | "on-hold";
  readonly transactionId: string;
  readonly merchantReference: string;
  /** The return url; null when there is none, or when it was paid in another tab. */
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
    super("dintero-session-locked", plain);
    this.payLockId = payLockId;
  }
}

/** The session could not be locked. SDK: `SessionLockFailed`. */
export class SessionLockFailedEvent extends Event {
  constructor() {
    super("dintero-session-lock-failed", plain);
  }
}

/** The shopper chose another way to pay. SDK: `ActivePaymentProductType`. */
export class PaymentTypeEvent extends Event {
  /** `payex.creditcard`, `vipps`, …, or null when none is chosen. */
  readonly paymentProductType: string | null;
  constructor(paymentProductType: string | null) {
    super("dintero-payment-type", plain);
    this.paymentProductType = paymentProductType;
  }
}

/** A question to the page; `respondWith()` as in `FetchEvent`. */
class QuestionEvent extends Event {
  readonly session: Session;
  #answer: Answer | PromiseLike<Answer> | undefined;
  #take: (answer: Answer | PromiseLike<Answer>) => void;

  constructor(type: string, session: Session, take: (answer: Answer | PromiseLike<Answer>) => void) {
    super(type, plain);
    this.session = session;
    this.#take = take;
  }

  /**
   * Answers the question: `true` goes on, `false` or a message for the shopper refuses, or a promise of one of them,
   * which has 30 s. No answer, a rejection or silence refuses.
   *
   * @throws {DOMException} `InvalidStateError` when called after dispatch, or twice
   */
  respondWith(answer: Answer | PromiseLike<Answer>): void {
    if (this.eventPhase === Event.NONE || this.#answer !== undefined) {
      throw new DOMException(
        "respondWith() is called once, while the event is dispatched.",
        "InvalidStateError",
      );
    }
    this.#answer = answer;
    this.#take(answer);
  }
}

/** May this payment go ahead? Needs the attribute `validate-session`. SDK: `ValidateSession`. */
export class ValidateSessionEvent extends QuestionEvent {
  constructor(session: Session, take: (answer: Answer | PromiseLike<Answer>) => void) {
    super("dintero-validate-session", session, take);
  }
}

/** Is this address fine? Needs the attribute `address-callback` and an SDK that knows it. SDK: `AddressCallback`. */
export class AddressCallbackEvent extends QuestionEvent {
  constructor(session: Session, take: (answer: Answer | PromiseLike<Answer>) => void) {
    super("dintero-address-callback", session, take);
  }
}

/** About to leave for Dintero's own page. Default action: go to `url`. */
export class RedirectEvent extends Event {
  readonly url: string;
  constructor(url: string) {
    super("dintero-redirect", cancelable);
    this.url = url;
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
