import { ownOptions } from "../core/own-fields.ts";
import type { ReturnStatus } from "./return-state.ts";

/** What is known of a payment on the page the shopper came back to. */
export interface ReturnResult {
  readonly status: ReturnStatus;
  /** Whether the merchant's endpoint confirmed it. Otherwise it is only what the page's address claims. */
  readonly verified: boolean;
  /** Dintero's id of the transaction; null when none was completed, or the endpoint that verified it named none. */
  readonly transactionId: string | null;
  /** The merchant's own reference of the order; null when the address, or the endpoint's answer, has none. */
  readonly merchantReference: string | null;
}

/**
 * `dintero-result`: the status of the payment became known, or changed. `pending` is dispatched once, when no
 * answer came in time or none will come. Act on `verified` results only, and let the server, not this event, release the goods.
 */
export class ResultEvent extends Event implements ReturnResult {
  declare readonly status: ReturnStatus;
  declare readonly verified: boolean;
  declare readonly transactionId: string | null;
  declare readonly merchantReference: string | null;

  constructor(result: ReturnResult) {
    super("dintero-result", ownOptions({ bubbles: true, composed: true }));
    Object.assign(this, result);
  }
}
