import { ownOptions } from "../core/own-fields.ts";
import { isTrue } from "./property-declarations.ts";

/**
 * Set by a server's render, and removed once the page's framework has set properties and listeners. While an element has
 * it, nothing starts.
 */
const attribute = "defer-hydration";

/** Whether the element is to wait for the page's framework. */
export function isDeferred(element: Element): boolean {
  return isTrue(element.getAttribute(attribute));
}

/** Calls back whenever the element need not wait any longer. */
export function observeHydration(element: Element, callback: () => void): MutationObserver {
  const observer = new MutationObserver(() => {
    if (!isDeferred(element)) callback();
  });
  observer.observe(element, ownOptions({ attributeFilter: [attribute] }));
  return observer;
}
