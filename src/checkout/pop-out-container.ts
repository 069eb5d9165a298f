import { ownOptions } from "../core/own-fields.ts";
import { DinteroCheckoutError } from "./errors.ts";

/** Marks a container that the element created. */
const createdMark = "data-dintero-checkout";

const containerSelector = ':scope > [slot="frame"]';

/** The signal of the pop-out that the document shows. The SDK's button and backdrop exist once per document. */
let shown: AbortSignal | null = null;

/**
 * The container of the pop-out's frame, in the light DOM, where the SDK looks for its button: the page's own, else a new
 * one. @throws `pop-out-conflict`
 */
export function popOutContainer(element: HTMLElement, signal: AbortSignal): HTMLElement {
  if (element.getRootNode() !== document) {
    const what = "The pop-out is inside a shadow root, where the SDK does not find its own button.";
    throw new DinteroCheckoutError("pop-out-conflict", { what });
  }
  if (shown && !shown.aborted) {
    const what = "There is another pop-out in the document, and the SDK can show only one.";
    throw new DinteroCheckoutError("pop-out-conflict", { what });
  }
  shown = signal;
  removeLeftovers(element);
  const own = element.querySelector<HTMLElement>(containerSelector);
  if (own) return own;
  const created = document.createElement("div");
  created.slot = "frame";
  created.setAttribute(createdMark, "");
  element.append(created);
  signal.addEventListener("abort", () => created.remove());
  return created;
}

/** Removes what a clone has from the running pop-out it was cloned from: it would show a dead frame. */
export function removeLeftovers(element: HTMLElement): void {
  for (const container of element.querySelectorAll(containerSelector)) {
    if (container.hasAttribute(createdMark)) container.remove();
    else for (const child of [...container.children]) if (child.querySelector("iframe")) child.remove();
  }
}

/** Calls back when the page has removed the frame and kept the element, as renderers do with what they did not write. */
export function watchFrame(
  { element, iframe, signal }: { element: HTMLElement; iframe: HTMLIFrameElement; signal: AbortSignal },
  onRemoved: () => void,
): void {
  const observer = new MutationObserver(() => {
    if (!element.contains(iframe) && element.isConnected) onRemoved();
  });
  observer.observe(element, ownOptions({ childList: true, subtree: true }));
  signal.addEventListener("abort", () => observer.disconnect());
}
