/** React 18 writes `false` as text: `validate-session="false"`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== "false";
}

/**
 * Set by a server's render, and removed once the page's framework has set properties and listeners. While an element has
 * it, nothing starts.
 */
export const deferHydration = "defer-hydration";

/** Whether the element is to wait for the page's framework. */
export function isDeferred(element: Element): boolean {
  return isTrue(element.getAttribute(deferHydration));
}
