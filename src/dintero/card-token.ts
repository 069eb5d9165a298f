import type { QueryValue } from "./transaction-query.ts";

type CardTokenStatus = "ACTIVE" | "INACTIVE" | "SUSPENDED" | "CANCELLED" | "DELETED";

/** A saved card: `GET /card-tokens/{id}`. */
export interface CardToken {
  readonly id: string;
  readonly customer_id?: string;
  readonly status?: CardTokenStatus | (string & {});
  /** ISO 8601. */
  readonly created_at?: string;
  readonly [field: string]: unknown;
}

/** The filters of `GET /card-tokens`. */
export interface CardTokenQuery {
  readonly customer_id?: string;
  readonly relationship_id?: string;
  readonly status?: CardTokenStatus | (string & {});
  /** Default false. */
  readonly include_deleted?: boolean;
  /** 1 to 100. */
  readonly limit?: number;
  /** Id of the last card of the page before. */
  readonly starting_after?: string;
  readonly [filter: string]: QueryValue;
}
