import type { MinorUnits } from "./money.ts";
import type { PartialItem } from "./partial-item.ts";

/** `POST /transactions/{id}/capture`. */
export interface Capture {
  /** Positive; less than was authorized is a partial capture. */
  readonly amount: MinorUnits;
  /** The merchant's own name of the capture. */
  readonly capture_reference?: string;
  /** Some payment types need them (Instabank). Need not add up to the amount. */
  readonly items?: readonly PartialItem[];
  /** No capture follows: the rest of the authorization is voided. Only `dintero_psp`. */
  readonly final_capture?: boolean;
  /** Texts; keys begin with `ext_`. Up to 128 characters a key, 256 a value. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}
