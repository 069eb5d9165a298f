/** A small static file of the checkout. */
const warmupPath = "/favicon.ico";

/**
 * Opens a connection to the checkout while the session is created. Chromium keeps connections apart by the site of the
 * frame that opened them, so a preconnect of this page does not help the checkout's frame: only a frame opens the right
 * one. No script runs in it. Returns a function that removes it. A page that has opened one itself needs no second.
 */
export function warmUpConnection(element: Element, box: Element, checkoutUrl: string): () => void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.src = checkoutUrl + warmupPath;
  if (hasFrame(element, frame.src)) return () => {};
  // prototype.js replaces the browser's remove() with one that fails the second time.
  const remove = (): void => void frame.parentNode?.removeChild(frame);
  // A request that is cancelled closes its connection, so the frame stays until it has its answer.
  frame.addEventListener("load", remove);
  box.append(frame);
  return remove;
}

/**
 * Whether the page has a warm start, one line of HTML: a frame of this address, in the tag or anywhere in the document.
 * It is the page's, and goes with the tag it is in: what a renderer wrote, only the renderer may remove.
 */
function hasFrame(element: Element, src: string): boolean {
  // The prototype's method, because markup can clobber the document's.
  const inDocument = Document.prototype.querySelectorAll.call(document, "iframe");
  const inTag = element.querySelectorAll("iframe");
  return [...inDocument, ...inTag].some((frame) => (frame as HTMLIFrameElement).src === src);
}

/** Whether a blocked address is the one above. */
export function isWarmup(address: string): boolean {
  return address.endsWith(warmupPath);
}
