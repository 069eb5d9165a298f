/**
 * Why nothing was paid: cancelled by the customer, not authorized by the customer, or failed. `capture` (also spelled
 * `captured`): authorized, but the automatic capture failed; then there is a transaction.
 */
export type PaymentErrorReason = "cancelled" | "authorization" | "failed" | "capture";

/** What `report_event` in a `callback_url` can name. */
export type ReportedEvent = "CAPTURE" | "REFUND" | "VOID";

/** The query parameters that Dintero adds to `callback_url`, after the merchant's own. */
export interface CallbackParameters {
  /** Missing when there is no transaction, with `report_error=true`. */
  readonly transaction_id?: string;
  /** Under another name with `sid_parameter_name`. */
  readonly session_id: string;
  readonly merchant_reference: string;
  /** ISO 8601: when the transaction was created. No proof of freshness; that is `t` of the signature. */
  readonly time: string;
  readonly error?: PaymentErrorReason | (string & {});
  readonly event?: ReportedEvent | (string & {});
  readonly event_id?: string;
}

/** What the merchant writes into `callback_url` to choose how it is called. */
export interface CallbackSwitches {
  readonly method?: "POST";
  /** Also call when the payment failed or was cancelled. */
  readonly report_error?: "true";
  /** Seconds, at most 60. */
  readonly delay_callback?: string;
  /** May repeat. */
  readonly report_event?: ReportedEvent;
  /** Adds the session to the body of a POST. */
  readonly includes?: "session";
  /** Another name for the parameter `session_id`. */
  readonly sid_parameter_name?: string;
}

/** Header with a delivery's unique id; not signed. */
export const DELIVERY_HEADER = "event-delivery";
