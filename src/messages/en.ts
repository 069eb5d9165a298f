import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Payment with Dintero",
  loading: "Loading the payment…",
  pay: "Continue to payment",
  redirecting: "Taking you to the payment page…",
  errorTitle: "The payment could not be loaded",
  errorText: "Try again, or contact the shop.",
  offline: "You are offline. The payment loads when you are back online.",
  retry: "Try again",
  openFullPage: "Open the payment page",
  expiredTitle: "The payment has expired",
  expiredText: "The payment was open for too long.",
  startAgain: "Start again",
  failedTitle: "The payment failed",
  failedText: "It was not approved. Try again or choose another way to pay.",
  cancelledTitle: "The payment was cancelled",
  cancelledText: "You have not paid.",
  paidElsewhere: "Paid in another window.",
  failedElsewhere: "The payment failed in another window.",
  cancelledElsewhere: "The payment was cancelled in another window.",
  validationFailed: "The order could not be confirmed. Try again.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Payment received",
  paidText: "Thank you for your order.",
  onHoldTitle: "The payment is being reviewed",
  onHoldText: "This can take a while. You do not need to pay again.",
  failedTitle: "The payment was not approved",
  failedText: "You can try again or choose another way to pay.",
  cancelledTitle: "The payment was cancelled",
  cancelledText: "You have not paid.",
  pendingTitle: "Waiting for confirmation",
  pendingText: "We have no answer yet. Check again before you pay once more.",
  checkAgain: "Check again",
  backToCart: "Back to cart",
};
