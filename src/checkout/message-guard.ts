import { ownField, ownOptions, ownText } from "../core/own-fields.ts";

export interface MessageGuardOptions {
  readonly sid: string;
  readonly checkoutUrl: string;
  readonly signal: AbortSignal;
  readonly frame: () => HTMLIFrameElement | null | undefined;
  readonly onNavigation: (href: string) => void;
}

/**
 * Keeps two kinds of messages from the SDK, which listens later:
 *
 * - of a pop-out's window, those of another origin. The SDK checks only that the window sent them, and any page may be
 *   in that window.
 * - `TopLevelNavigation`, after which newer SDKs go to any `href`.
 */
export function guardMessages({ sid, checkoutUrl, signal, frame, onNavigation }: MessageGuardOptions): void {
  const { origin } = new URL(checkoutUrl);
  const guard = (event: MessageEvent<unknown>): void => {
    const { data, source } = event;
    // As the SDK reads them: it takes inherited fields for the message's own.
    const { sid: messageSid, context, type } = (data ?? {}) as Record<string, unknown>;
    if (messageSid !== sid) return;
    const fromPopOut = context === "popOut";
    if (fromPopOut && event.origin !== origin) return event.stopImmediatePropagation();
    if (type !== "TopLevelNavigation" || event.origin !== origin) return;
    if (!fromPopOut && source !== frame()?.contentWindow) return;
    event.stopImmediatePropagation();
    const mid = ownField(data, "mid");
    if (mid) source?.postMessage({ ack: mid }, ownOptions({ targetOrigin: origin }));
    const href = ownText(data, "href");
    // An empty address would reload the page.
    if (href) onNavigation(href);
  };
  addEventListener("message", guard, ownOptions({ capture: true, signal }));
}
