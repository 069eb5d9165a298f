import { DinteroCheckout } from "./dintero-checkout.ts";
import type { DinteroCheckoutEventMap } from "./events.ts";

// Guarded, so that a second copy of the script neither throws nor replaces the first.
// A server has no registry.
if (typeof customElements !== "undefined" && !customElements.get("dintero-checkout"))
  customElements.define("dintero-checkout", DinteroCheckout);

declare global {
  interface HTMLElementTagNameMap {
    "dintero-checkout": DinteroCheckout;
  }
  // Elements, document and window inherit from it: all events bubble and are composed.
  interface GlobalEventHandlersEventMap extends DinteroCheckoutEventMap {}
}
