/**
 * Why nothing was paid: cancelled by the customer, not authorized by the customer, or failed. `capture` (also spelled
 * `captured`): authorized, but the automatic capture failed; then there is a transaction.
 */
export type PaymentErrorReason = "cancelled" | "authorization" | "failed" | "capture";

/** What `report_event` in a `callback_url` can name. */
export type ReportedEvent = "CAPTURE" | "REFUND" | "VOID";

/** Header with a delivery's unique id; not signed. */
export const DELIVERY_HEADER = "event-delivery";
