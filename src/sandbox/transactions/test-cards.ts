import type { Operation } from "../pending-operation.ts";
import type { PayOutcome, PayRequest } from "../page-api.ts";
import type { TransactionCard } from "../transaction.ts";

/** Dintero's test cards by their first digits and last four; those that are simply paid are not listed. */
const outcomes: readonly (readonly [card: RegExp, outcome: PayOutcome])[] = [
  // 3-D Secure fails
  [/^(4000300000000006|5200\d{8}0031)$/, "unauthorized"],
  [/^(4100|5100)\d{8}0076$/, "declined"],
  // the authorization times out
  [/^(4100|5100)\d{8}0001$/, "failed"],
];

/** The last four digits of the cards with which a later operation times out. */
const timeouts: Readonly<Record<Operation, string>> = { CAPTURE: "0019", REFUND: "0027", VOID: "0043" };

/** What a payment ends as: a test card decides it, where the shopper has not chosen something else than "paid". */
export function outcomeOfCard({ outcome, card }: PayRequest, autoCapture: boolean): PayOutcome {
  const digits = card?.number.replace(/\D/g, "") ?? "";
  if (outcome !== "authorized") return outcome;
  if (/^(4100|5100)\d{8}0035$/.test(digits) && autoCapture) return "capture_failed";
  return outcomes.find(([pattern]) => pattern.test(digits))?.[1] ?? outcome;
}

/** Whether no token can be made of the card. */
export function withoutToken({ masked_pan }: TransactionCard): boolean {
  return isTestCard(masked_pan, "0050");
}

export function timesOut(card: TransactionCard | undefined, operation: Operation): boolean {
  return card !== undefined && isTestCard(card.masked_pan, timeouts[operation]);
}

function isTestCard(maskedPan: string, lastFour: string): boolean {
  return /^(4100|5100)/.test(maskedPan) && maskedPan.endsWith(lastFour);
}
