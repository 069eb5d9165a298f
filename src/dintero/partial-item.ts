import type { MinorUnits } from "./money.ts";

/**
 * The part of an item that is captured or refunded; an item of the transaction as it was read fits as well. Dintero
 * requires `line_id` and `amount`.
 */
export interface PartialItem {
  /** `line_id` of the order's item, or of its shipping option. Without one the call is refused before it is sent. */
  readonly line_id?: string;
  /** Minor units. Without one the call is refused before it is sent. */
  readonly amount?: MinorUnits;
  readonly id?: string;
  readonly quantity?: number;
  readonly [field: string]: unknown;
}
