import { ownField, ownText } from "../core/own-fields.ts";
import type { ReturnResult } from "./result-event.ts";
import { isClaim, type Claim } from "./return-address.ts";
import { isStatus } from "./return-state.ts";

// One result per page and tab, so that a reload shows it again after the claim has left the address.
const prefix = "dintero-return:";

/** Stores the result for this tab. Where storage is blocked or full, a reload requests the status again. */
export function storeResult(claim: Claim, result: ReturnResult): void {
  const { page, transactionId, merchantReference } = claim;
  try {
    sessionStorage.setItem(
      prefix + page,
      JSON.stringify({ ...result, claim: { transactionId, merchantReference } }),
    );
  } catch {
    // A shopper who blocks storage loses a convenience, nothing else.
  }
}

/** The page's stored result, when its address claims nothing; else a verified one of the same claim. */
export function storedResult(claim: Claim): ReturnResult | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + claim.page) ?? "");
    const status = ownField(stored, "status");
    if (!isStatus(status)) return null;
    const verified = ownField(stored, "verified") === true;
    const claimed = ownField(stored, "claim");
    const isSame =
      ownText(claimed, "transactionId") === claim.transactionId &&
      ownText(claimed, "merchantReference") === claim.merchantReference;
    if (isClaim(claim) && !(verified && isSame)) return null;
    return {
      status,
      verified,
      transactionId: ownText(stored, "transactionId"),
      merchantReference: ownText(stored, "merchantReference"),
    };
  } catch {
    return null;
  }
}
