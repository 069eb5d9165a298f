import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Payment with Dintero",
  loading: "Loading the payment…",
  pay: "Continue to payment",
  redirecting: "Going to the payment page…",
  errorTitle: "The payment did not load",
  errorText: "Try again, or contact the shop.",
  offline: "You are offline. The payment loads when you are back online.",
  retry: "Try again",
  openFullPage: "Open on its own page",
  expiredTitle: "Time ran out",
  expiredText: "The payment was open for too long.",
  startAgain: "Start again",
  failedTitle: "The payment failed",
  failedText: "It was not approved. Try again or pay another way.",
  cancelledTitle: "The payment was cancelled",
  cancelledText: "You have not paid.",
  paidElsewhere: "Paid in another window.",
  failedElsewhere: "The payment failed in another window.",
  cancelledElsewhere: "The payment was cancelled in another window.",
  validationFailed: "The order was not confirmed. Try again.",
};
