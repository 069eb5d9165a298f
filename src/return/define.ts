import { DinteroReturn } from "./dintero-return.ts";

// No export and no global: the file only defines the element, once.
if (!customElements.get("dintero-return")) customElements.define("dintero-return", DinteroReturn);
