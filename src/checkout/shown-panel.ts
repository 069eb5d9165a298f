import { resolveMode } from "./checkout-mode.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import type { CheckoutState } from "./state.ts";

/** What can be shown in front of the frame. */
export type Panel =
  | "start"
  | "loading"
  | "redirecting"
  | "error"
  | "expired"
  | "failed"
  | "cancelled"
  | "paidElsewhere"
  | "onHoldElsewhere"
  | "failedElsewhere"
  | "cancelledElsewhere";

/** The panel that is shown: that of an event's default action, else the one of the state. */
export function shownPanel(
  { state, panel }: { readonly state: CheckoutState; readonly panel: Panel | null },
  { mode, trigger }: Pick<CheckoutOptions, "mode" | "trigger">,
): Panel | null {
  if (panel) return panel;
  if (state === "creating" || state === "loading") return "loading";
  // The page prevented the redirect, or came back from it: the button stays available.
  if (state === "redirecting") return "start";
  if (state !== "idle" || trigger === "manual") return null;
  return trigger === "click" || resolveMode(mode) === "redirect" ? "start" : "loading";
}
