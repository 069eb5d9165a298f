/** The merchant's data about the shopper. */
export interface Customer {
  readonly customer_id?: string;
  readonly email?: string;
  readonly phone_number?: string;
  /** Saved payment methods by payment product type, such as `payex.creditcard`. */
  readonly tokens?: Readonly<Record<string, PaymentTokens>>;
  readonly [field: string]: unknown;
}

interface PaymentTokens {
  readonly payment_token?: string;
  readonly recurrence_token?: string;
}
