import { adoptStyles, type CSSResultOrNative } from "lit";
import { ownOptions } from "../core/own-fields.ts";

/**
 * Gives a shadow root its styles. Constructed style sheets work only in the document of the script, and are dropped when
 * an element is moved into another one: there the styles are in a `<style>` element.
 */
export function applyStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  root.querySelector(":scope > style")?.remove();
  if (root.ownerDocument === document) return adoptStyles(root, [...styles]);
  const style = root.ownerDocument.createElement("style");
  style.textContent = styles.map((sheet) => ("cssText" in sheet ? sheet.cssText : "")).join("\n");
  root.append(style);
}

/** The shadow root of an element in another document than the script's, where Lit's own code for it throws. */
export function createForeignRoot(element: HTMLElement, styles: readonly CSSResultOrNative[]): ShadowRoot {
  const root = element.shadowRoot ?? element.attachShadow(ownOptions({ mode: "open" }));
  applyStyles(root, styles);
  return root;
}
