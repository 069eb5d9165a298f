import { whenPageReady } from "../elements/page-ready.ts";

/** When a checkout starts. */
export type CheckoutTrigger = "load" | "visible" | "click" | "manual";

/** Calls back when the trigger fires: never for "click" and "manual". An unknown one counts as "load". */
export function whenTriggered(
  { trigger, element, signal }: { trigger: CheckoutTrigger; element: Element; signal: AbortSignal },
  callback: () => void,
): void {
  if (trigger === "click" || trigger === "manual") return;
  whenPageReady(() => {
    if (trigger === "visible") whenVisible(element, signal, callback);
    else callback();
  }, signal);
}

function whenVisible(element: Element, signal: AbortSignal, callback: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) callback();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
