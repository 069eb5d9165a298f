import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Secure payment with Dintero",
  loading: "Loading the payment…",
  pay: "Continue to payment",
  redirecting: "Taking you to the payment page…",
  errorTitle: "The payment could not be loaded",
  errorText: "Please try again. If it keeps happening, contact the shop.",
  offline: "You are offline. The payment loads as soon as you are back online.",
  retry: "Try again",
  openFullPage: "Open the payment on its own page",
  expiredTitle: "The time to pay has run out",
  expiredText: "This payment was open for too long and can no longer be used.",
  startAgain: "Start again",
  failedTitle: "The payment failed",
  failedText: "The payment was not approved. You can try again or choose another way to pay.",
  cancelledTitle: "The payment was cancelled",
  cancelledText: "You have not paid. You can start again whenever you like.",
  paidElsewhere: "The payment was completed in another window. You can close this one.",
  failedElsewhere: "The payment failed in another window.",
  cancelledElsewhere: "The payment was cancelled in another window.",
  validationFailed: "The order could not be confirmed. Please try again.",
};
