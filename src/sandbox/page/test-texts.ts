import type { PayOutcome } from "../page-api.ts";

/** The texts for the developer, who reads English; the shopper's are in `texts/`, in each language. */
export const testTexts = {
  controls: "Test controls",
  controlsHint: "Only in the sandbox. What happens when you pay:",
  throughApp: "Pay in the app, which leaves this page",
  fillIn: "Fill in test values",
  minimalAddress: "Country and postal code only, as one-click wallets send them",
} as const;

export const outcomeTexts: Readonly<Record<PayOutcome, string>> = {
  authorized: "Paid",
  on_hold: "On hold",
  rejected: "Refused, try again",
  declined: "Declined",
  failed: "Error",
  unauthorized: "Not authorized",
  capture_failed: "Capture fails",
};
