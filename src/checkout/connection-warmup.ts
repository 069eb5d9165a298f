/** A small static file of the checkout. */
const warmupPath = "/favicon.ico";

/**
 * Opens a connection to the checkout while the session is created. Chromium keeps connections apart by the site of the
 * frame that opened them, so a preconnect of this page does not help the checkout's frame: only a frame opens the right
 * one. No script runs in it. Returns a function that removes it.
 */
export function warmUpConnection(parent: ParentNode, checkoutUrl: string): () => void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.src = checkoutUrl + warmupPath;
  // prototype.js replaces the browser's remove() with one that fails the second time.
  const remove = (): void => void frame.parentNode?.removeChild(frame);
  // A request that is cancelled closes its connection, so the frame stays until it has its answer.
  frame.addEventListener("load", remove);
  parent.append(frame);
  return remove;
}

/** Whether a blocked address is the one above. */
export function isWarmup(address: string): boolean {
  return address.endsWith(warmupPath);
}
