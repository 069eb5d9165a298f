import type { MinorUnits } from "./money.ts";

/** The part of an item that is captured or refunded. */
export interface PartialItem {
  /** `line_id` of the order's item, or of its shipping option. */
  readonly line_id: string;
  readonly amount: MinorUnits;
  readonly id?: string;
  readonly quantity?: number;
  readonly [field: string]: unknown;
}
