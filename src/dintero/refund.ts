import type { MinorUnits } from "./money.ts";
import type { PartialItem } from "./partial-item.ts";

/** `POST /transactions/{id}/refund`. */
export interface Refund {
  /** Positive; less than was captured is a partial refund. */
  readonly amount: MinorUnits;
  readonly reason?: string;
  /** The merchant's own name of the refund. */
  readonly refund_reference?: string;
  readonly items?: readonly PartialItem[];
  /** Texts; keys begin with `ext_`. Up to 128 characters a key, 256 a value. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}
