import { ownOptions } from "../core/own-fields.ts";

/**
 * Calls back once the page can be expected to have set up its elements: its own scripts have run, deferred ones and
 * modules too, and somebody is looking at it rather than the browser prerendering it. At once when that is so already.
 */
export function whenPageReady(callback: () => void, signal: AbortSignal): void {
  whenShown(() => {
    if (isParsed()) return callback();
    // On the window, because markup can clobber `document.addEventListener`.
    addEventListener("DOMContentLoaded", callback, ownOptions({ once: true, signal }));
  }, signal);
}

/** Calls back once the page is shown to somebody: at once, unless the browser prerenders it. */
export function whenShown(callback: () => void, signal: AbortSignal): void {
  if (!isPrerendering()) return callback();
  document.addEventListener("prerenderingchange", callback, ownOptions({ once: true, signal }));
}

/** Compared with `true`, because markup can clobber it with an element. */
export function isPrerendering(): boolean {
  return (document as Document & { readonly prerendering?: unknown }).prerendering === true;
}

/** Whether DOMContentLoaded has fired. The state is "interactive" before and after it. */
function isParsed(): boolean {
  if (document.readyState === "loading") return false;
  if (document.readyState !== "interactive") return true;
  const [navigation] = performance.getEntriesByType?.("navigation") as PerformanceNavigationTiming[];
  return navigation?.domContentLoadedEventStart !== 0;
}
