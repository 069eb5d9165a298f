import { problem } from "./problem.ts";

/**
 * Opens the connection to the checkout while the session is being made. Chromium keys connections by the site of the
 * frame that asks, so a preconnect of this page is of no use to the checkout's frame: only a frame opens the right
 * one. Its address is small and static, and no script runs in it. The function given back ends it.
 */
export function warmUp(parent: ParentNode, checkout: string, signal: AbortSignal): () => void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.src = `${checkout}/favicon.ico`;
  // prototype.js puts a remove() in place of the browser's that fails the second time
  const remove = (): void => void frame.parentNode?.removeChild(frame);
  // Not before it has its answer: a request that is given up closes its connection.
  frame.addEventListener("load", remove);
  signal.addEventListener("abort", remove);
  parent.append(frame);
  return remove;
}

/** A signal that aborts, with a `frame-blocked` error, when the page's policy refuses a frame of the checkout. */
export function frameRefusal(checkout: string, signal: AbortSignal): AbortSignal {
  const refusal = new AbortController();
  const { origin, host } = new URL(checkout);
  document.addEventListener(
    "securitypolicyviolation",
    ({ effectiveDirective, blockedURI, disposition, originalPolicy }) => {
      if (effectiveDirective !== "frame-src" || disposition !== "enforce") return;
      if (blockedURI !== origin && !blockedURI.startsWith(`${origin}/`)) return;
      // A policy that allows the checkout by path refuses the connection's opener and lets the checkout in.
      if (blockedURI.endsWith("/favicon.ico") && originalPolicy.includes(host)) return;
      refusal.abort(problem("frame-blocked", `${origin} is refused.`));
    },
    { signal },
  );
  return refusal.signal;
}
