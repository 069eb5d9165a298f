export type SessionEventName =
  | "INITIATED"
  | "VISITED"
  | "COMPLETED"
  | "AUTHORIZED"
  | "DECLINED"
  | "PAY_LOCK_START"
  | "PAY_LOCK_META"
  | "PAY_LOCK_END"
  | "PAY_FAILED"
  | "ON_HOLD_CALLBACK_SENT"
  | "AUTH_CALLBACK_SENT"
  | "FAILED"
  | "UNKNOWN"
  | "PAYMENT_TOKEN_FLOW_START"
  | "UPDATE_SESSION"
  | "CANCELLED"
  | "SET_BILLING_ADDRESS"
  | "SET_DISCOUNT_CODES"
  | "SET_SHIPPING_ADDRESS"
  | "SET_SHIPPING_OPTION"
  | "SET_GIFT_CARD"
  | "PUSH_NOTIFICATION_SENT"
  | "SECRET_CONFIRMATION_CODE_SENT"
  | "SET_MY_DINTERO"
  | "ADD_PAYMENT_INFORMATION";

/** One of a session's `events`. `PAY_FAILED` is one failed attempt: another can still complete the session. */
export interface SessionHistoryEvent {
  readonly name: SessionEventName | (string & {});
  readonly id?: string;
  /** ISO 8601. */
  readonly created_at?: string;
  readonly request_id?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** With `includes=events.request_headers`. */
  readonly request_headers?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}
