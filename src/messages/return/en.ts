import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
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
