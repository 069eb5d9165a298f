import { ownOptions } from "../core/own-fields.ts";
import { isWarmup } from "./connection-warmup.ts";
import { DinteroCheckoutError } from "./errors.ts";

/** A signal that aborts, with `frame-blocked`, when the page's policy blocks a frame of the checkout. */
export function watchFramePolicy(checkoutUrl: string, signal: AbortSignal): AbortSignal {
  const blocked = new AbortController();
  const { origin, host } = new URL(checkoutUrl);
  // On the window, because markup can clobber `document.addEventListener`.
  addEventListener(
    "securitypolicyviolation",
    ({ effectiveDirective, blockedURI, disposition, originalPolicy }) => {
      if (effectiveDirective !== "frame-src" || disposition !== "enforce") return;
      if (blockedURI !== origin && !blockedURI.startsWith(`${origin}/`)) return;
      // A policy that allows the checkout by path blocks the warm-up and lets the checkout in.
      if (isWarmup(blockedURI) && originalPolicy.includes(host)) return;
      const what = `The page's Content-Security-Policy blocked a frame of ${origin}.`;
      blocked.abort(new DinteroCheckoutError("frame-blocked", { what, fix: `Add ${origin} to frame-src.` }));
    },
    ownOptions({ signal }),
  );
  return blocked.signal;
}
