import type { ReturnResult } from "./result-event.ts";
import { isClaim, type Claim } from "./return-address.ts";
import { isStatus } from "./return-state.ts";

// One result per page and tab, so that a reload shows it again after the claim has left the address.
const prefix = "dintero-return:";

/** Stores the result for this tab. Where storage is blocked or full, a reload requests the status again. */
export function storeResult({ page }: Claim, result: ReturnResult): void {
  try {
    sessionStorage.setItem(prefix + page, JSON.stringify(result));
  } catch {
    // A shopper who blocks storage loses a convenience, nothing else.
  }
}

/** The page's stored result, when its address claims nothing; else a verified one of the same payment. */
export function storedResult(claim: Claim): ReturnResult | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(prefix + claim.page) ?? "") as ReturnResult;
    const matches =
      !isClaim(claim) ||
      (stored.verified &&
        stored.transactionId === claim.transactionId &&
        stored.merchantReference === claim.merchantReference);
    return matches && isStatus(stored.status) ? stored : null;
  } catch {
    return null;
  }
}
