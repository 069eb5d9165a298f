import { textsLoader } from "../loader.ts";
import { messages as en } from "./en.ts";

/** Everything `<dintero-return>` says in its own words. Each can be replaced through its `messages` property. */
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
  /** Heading while the shop's server is asked, and when it has not known the answer in time. */
  pendingTitle: string;
  /** Below it, when it has not known the answer in time. */
  pendingText: string;
  /** Button that asks again. */
  checkAgain: string;
  /** Link to the cart after failed and cancelled. */
  backToCart: string;
}

export const loadReturnMessages = /* @__PURE__ */ textsLoader<ReturnMessages>(en, {
  nb: () => import("./nb.ts"),
  nn: () => import("./nn.ts"),
  sv: () => import("./sv.ts"),
  da: () => import("./da.ts"),
  fi: () => import("./fi.ts"),
  de: () => import("./de.ts"),
});
