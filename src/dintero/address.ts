/** A shopper's address. One-click wallets may give the country and the postal code and nothing else. */
export interface Address {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly business_name?: string;
  readonly organization_number?: string;
  readonly address_line?: string;
  readonly address_line_2?: string;
  readonly co_address?: string;
  readonly postal_code?: string;
  readonly postal_place?: string;
  /** ISO 3166-1 alpha-2, `NO`. */
  readonly country?: string;
  /** With its country code, `+4740230256`. */
  readonly phone_number?: string;
  readonly email?: string;
  readonly comment?: string;
  readonly customer_reference?: string;
  readonly cost_center?: string;
  readonly [field: string]: unknown;
}
