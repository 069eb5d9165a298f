/** Every text of `<dintero-checkout>`. Each can be replaced through its `messages` property. */
export interface CheckoutMessages {
  /** Title of the payment frame, read by screen readers. */
  frameTitle: string;
  /** While the session is made and the frame opens. */
  loading: string;
  /** The button that starts, in `trigger="click"` and in redirect mode. It pays nothing yet. */
  pay: string;
  /** While the browser leaves for Dintero's page. */
  redirecting: string;
  /** Heading of the error panel. */
  errorTitle: string;
  /** Below it, where the shop's server gave no message of its own. */
  errorText: string;
  /** In its place while the browser has no network. */
  offline: string;
  /** Button of the error panel. */
  retry: string;
  /** Link of the error panel to Dintero's own page. */
  openFullPage: string;
  /** Heading when the session is gone. */
  expiredTitle: string;
  /** Below it. */
  expiredText: string;
  /** Button that starts over after expired, failed and cancelled. */
  startAgain: string;
  /** Heading after a payment that was not accepted. */
  failedTitle: string;
  /** Below it. */
  failedText: string;
  /** Heading after the shopper cancelled. */
  cancelledTitle: string;
  /** Below it. */
  cancelledText: string;
  /** The payment was completed in another tab or in the shopper's app. */
  paidElsewhere: string;
  /** It was made there, and Dintero looks closer at it. */
  onHoldElsewhere: string;
  /** It failed there. */
  failedElsewhere: string;
  /** It was cancelled there. */
  cancelledElsewhere: string;
  /** Why a payment was refused when the page gave no reason or no answer. */
  validationFailed: string;
}

/** Every text of `<dintero-return>`. Each can be replaced through its `messages` property. */
export interface ReturnMessages {
  /** Heading once the payment is there. */
  paidTitle: string;
  /** Below it. */
  paidText: string;
  /** Heading while Dintero looks closer at the payment. */
  onHoldTitle: string;
  /** Below it. */
  onHoldText: string;
  /** Heading after a payment that was not accepted. */
  failedTitle: string;
  /** Below it. */
  failedText: string;
  /** Heading after the shopper cancelled. */
  cancelledTitle: string;
  /** Below it. */
  cancelledText: string;
  /** Heading while the status is requested, and when the server gave no final one in time. */
  pendingTitle: string;
  /** Below it, when it has not known the answer in time. */
  pendingText: string;
  /** Button that requests the status again. */
  checkAgain: string;
  /** Link to the cart after failed and cancelled. */
  backToCart: string;
}
