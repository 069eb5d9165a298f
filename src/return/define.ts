import { DinteroReturn } from "./dintero-return.ts";
import type { ResultEvent } from "./result-event.ts";

// Guarded, so that a second copy of the script neither throws nor replaces the first.
// A server has no registry.
if (typeof customElements !== "undefined" && !customElements.get("dintero-return"))
  customElements.define("dintero-return", DinteroReturn);

declare global {
  interface HTMLElementTagNameMap {
    "dintero-return": DinteroReturn;
  }
  // Elements, document and window inherit from it: the event bubbles and is composed.
  interface GlobalEventHandlersEventMap {
    "dintero-result": ResultEvent;
  }
}
