import type { MinorUnits } from "./money.ts";
import type { TransactionStatus } from "./transaction-status.ts";

/** A query parameter; a list is repeated, `undefined` is left out. */
export type QueryValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

type OneOrMore<T> = T | readonly T[];

/** The filters of `GET /transactions`. Times are ISO 8601. */
export interface TransactionQuery {
  readonly id?: OneOrMore<string>;
  readonly session_id?: OneOrMore<string>;
  readonly status?: OneOrMore<TransactionStatus | (string & {})>;
  readonly payment_product?: OneOrMore<string>;
  readonly payment_product_type?: OneOrMore<string>;
  readonly card_brand?: OneOrMore<string>;
  readonly store_id?: OneOrMore<string>;
  readonly currency?: OneOrMore<string>;
  readonly token_id?: OneOrMore<string>;
  readonly payout_correlation_id?: OneOrMore<string>;
  readonly merchant_reference?: string;
  readonly merchant_reference_2?: string;
  readonly customer_id?: string;
  readonly payment_operation?: string;
  readonly payout_destination_id?: string;
  readonly amount?: MinorUnits;
  readonly "amount.gte"?: MinorUnits;
  readonly "amount.lte"?: MinorUnits;
  readonly "created_at.gte"?: string;
  readonly "created_at.lte"?: string;
  readonly "captured_at.gte"?: string;
  readonly "captured_at.lte"?: string;
  readonly "refunded_at.gte"?: string;
  readonly "refunded_at.lte"?: string;
  /** A transaction, session or token id, either reference, a phone number, an email address or `first last`. */
  readonly search?: string;
  readonly includes?: OneOrMore<string>;
  /** 1 to 100. Default 10. */
  readonly limit?: number;
  /** Id of the last transaction of the page before. */
  readonly starting_after?: string;
  readonly [filter: string]: QueryValue;
}
