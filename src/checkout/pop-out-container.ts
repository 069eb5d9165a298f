import { DinteroCheckoutError } from "./errors.ts";

/** Marks a container that the element created. */
const createdMark = "data-dintero-checkout";

/** The signal of the pop-out that a document shows. The SDK's button and backdrop exist once per document. */
const popOuts = new WeakMap<Document, AbortSignal>();

/**
 * The container of the pop-out's frame, in the light DOM, where the SDK looks for its button: the page's own, else a new
 * one. @throws `pop-out-conflict`
 */
export function popOutContainer(host: HTMLElement, signal: AbortSignal): HTMLElement {
  const current = popOuts.get(document);
  if (host.getRootNode() !== document) {
    const what = "The pop-out is inside a shadow root, where the SDK does not find its own button.";
    throw new DinteroCheckoutError("pop-out-conflict", { what });
  }
  if (current && !current.aborted) {
    const what = "There is another pop-out in the document, and the SDK can show only one.";
    throw new DinteroCheckoutError("pop-out-conflict", { what });
  }
  popOuts.set(document, signal);
  removeLeftovers(host);
  const given = containerIn(host);
  if (given) return given;
  const created = document.createElement("div");
  created.slot = "frame";
  created.setAttribute(createdMark, "");
  host.append(created);
  signal.addEventListener("abort", () => created.remove());
  return created;
}

/** Removes what a clone has from the running pop-out it was cloned from: it would show a dead frame. */
export function removeLeftovers(host: HTMLElement): void {
  for (const container of host.querySelectorAll(`:scope > [slot="frame"]`)) {
    if (container.hasAttribute(createdMark)) container.remove();
    else for (const child of [...container.children]) if (child.querySelector("iframe")) child.remove();
  }
}

/** Calls back when the page has removed the frame and kept the element, as renderers do with what they did not write. */
export function watchFrame(
  { host, iframe, signal }: { host: HTMLElement; iframe: HTMLIFrameElement; signal: AbortSignal },
  onRemoved: () => void,
): void {
  const observer = new MutationObserver(() => {
    if (!host.contains(iframe) && host.isConnected) onRemoved();
  });
  observer.observe(host, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
}

function containerIn(host: HTMLElement): HTMLElement | null {
  return host.querySelector<HTMLElement>(':scope > [slot="frame"]');
}
