import type { ReturnResult } from "./result-event.ts";
import { isClaim, type Claim } from "./return-address.ts";
import { isStatus } from "./return-state.ts";

// One result a page and tab, so that a reload shows it again after the claim has left the address.
const prefix = "dintero-return:";

/** Keeps the result for this tab. Without storage (blocked, full) a reload merely asks again. */
export function remember({ page }: Claim, result: ReturnResult): void {
  try {
    sessionStorage.setItem(prefix + page, JSON.stringify(result));
  } catch {
    // A shopper who blocks storage loses a convenience, nothing else.
  }
}

/** What this tab knows: of the page when its address claims nothing, else what was verified of the same payment. */
export function recall(claim: Claim): ReturnResult | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(prefix + claim.page) ?? "") as ReturnResult;
    const same =
      !isClaim(claim) ||
      (kept.verified &&
        kept.transactionId === claim.transactionId &&
        kept.merchantReference === claim.merchantReference);
    return same && isStatus(kept.status) ? kept : null;
  } catch {
    return null;
  }
}
