import type { QueryValue } from "./transaction-query.ts";

type OneOrMore<T> = T | readonly T[];

/** The filters of `GET /sessions`. Times are ISO 8601. */
export interface SessionQuery {
  /** A session or transaction id, either reference, or a name. */
  readonly search?: string;
  readonly id?: OneOrMore<string>;
  readonly transaction_id?: OneOrMore<string>;
  readonly store_id?: OneOrMore<string>;
  readonly payment_operation?: string;
  readonly "created_at.gte"?: string;
  readonly "created_at.lte"?: string;
  readonly "initiating_system.dintero_system_plugin_name"?: string;
  /** 1 to 100. */
  readonly limit?: number;
  /** Id of the last session of the page before. */
  readonly starting_after?: string;
  readonly [filter: string]: QueryValue;
}
