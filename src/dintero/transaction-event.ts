import type { MinorUnits } from "./money.ts";
import type { PartialItem } from "./partial-item.ts";
import type { TransactionStatus } from "./transaction-status.ts";

export type TransactionEventName =
  | "INITIALIZE"
  | "AUTHORIZE"
  | "CAPTURE"
  | "REFUND"
  | "VOID"
  | "INITIATE_CAPTURE"
  | "INITIATE_REFUND"
  | "INITIATE_VOID"
  | "SETTLEMENT";

/** Why an event failed. */
export interface TransactionEventError {
  readonly code?: string;
  readonly message?: string;
  /** Such as `INSUFFICIENT_FUNDS`. */
  readonly type?: readonly string[];
  readonly retry_policy?: {
    readonly retry_codes?: readonly (
      "DO_NOT_RETRY" | "RETRY_IMMEDIATELY" | "RETRY_AFTER_DELAY" | (string & {})
    )[];
  };
  readonly [field: string]: unknown;
}

/** What became of earlier events, known better later. It outranks their own `success`. */
export interface TransactionCorrection {
  /** The events that are corrected; the event that carries this one where none is named. */
  readonly event_ids?: readonly string[];
  /** The status of the transaction in truth. */
  readonly status?: TransactionStatus | (string & {});
  readonly remaining_capture_amount?: MinorUnits;
  readonly remaining_refund_amount?: MinorUnits;
  readonly remaining_void_amount?: MinorUnits;
  readonly [field: string]: unknown;
}

/** One of a transaction's `events`. */
export interface TransactionEvent {
  readonly event: TransactionEventName | (string & {});
  /** The status after it. */
  readonly transaction_status?: TransactionStatus | (string & {});
  readonly id?: string;
  /** Not the last word: see `correction`, and `operationResult()`, which reads both. */
  readonly success?: boolean;
  readonly correction?: TransactionCorrection;
  readonly amount?: MinorUnits;
  readonly items?: readonly PartialItem[];
  /** The capture's or refund's reference, else the order's. */
  readonly event_reference?: string;
  readonly request_id?: string;
  /** `request_id` of the `INITIATE_…` event that this one completes. */
  readonly correlation_request_id?: string;
  /** ISO 8601. */
  readonly created_at?: string;
  readonly created_by?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** When `success` is false. */
  readonly error?: TransactionEventError;
  readonly [field: string]: unknown;
}
