import type { CSSResultOrNative } from "lit";

/**
 * Attaches the shadow root of an element that was put into another document than its script's. Constructed style sheets
 * belong to one document, so the styles are written into the root.
 */
export function attachForeignRoot(element: HTMLElement, styles: readonly CSSResultOrNative[]): ShadowRoot {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  for (const sheet of styles) {
    const style = element.ownerDocument.createElement("style");
    style.textContent = "cssText" in sheet ? sheet.cssText : "";
    root.append(style);
  }
  return root;
}
