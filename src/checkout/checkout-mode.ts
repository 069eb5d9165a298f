/** How the checkout is shown. */
export type CheckoutMode = "auto" | "embed" | "redirect" | "pop-out";

/** How it is shown in the end. */
export type ResolvedMode = Exclude<CheckoutMode, "auto">;

/** What a mode comes to on this page. An unknown one counts as "auto". */
export function resolveMode(mode: CheckoutMode): ResolvedMode {
  if (mode === "embed" || mode === "redirect" || mode === "pop-out") return mode;
  // Dintero's frame and the wallets in it need a secure context.
  // Servers and test environments do not define it.
  return globalThis.isSecureContext === false ? "redirect" : "embed";
}
