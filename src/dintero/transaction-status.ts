/** The statuses that Dintero documents. Expect names that are new. */
export type TransactionStatus =
  | "INITIATED"
  | "ON_HOLD"
  | "AUTHORIZED"
  | "PARTIALLY_CAPTURED"
  | "PARTIALLY_CAPTURED_REFUNDED"
  | "CAPTURED"
  | "PARTIALLY_REFUNDED"
  | "REFUNDED"
  | "AUTHORIZATION_VOIDED"
  | "DECLINED"
  | "FAILED"
  | "UNKNOWN";
