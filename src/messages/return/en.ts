import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Payment received",
  paidText: "Thank you for your order.",
  onHoldTitle: "Your payment is being reviewed",
  onHoldText: "This can take a while. You do not need to pay again.",
  failedTitle: "The payment failed",
  failedText: "The payment was not approved. You can try again or choose another way to pay.",
  cancelledTitle: "The payment was cancelled",
  cancelledText: "You have not paid for the order.",
  pendingTitle: "Waiting for payment confirmation",
  pendingText:
    "We do not know yet whether the payment went through. Check again before you pay a second time.",
  checkAgain: "Check again",
  backToCart: "Back to cart",
};
