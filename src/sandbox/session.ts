/** A line of an order. Amounts are integers in the currency's smallest unit, VAT included. */
export interface Item {
  readonly id: string;
  readonly line_id: string;
  readonly description?: string;
  readonly quantity: number;
  readonly amount: number;
  readonly vat_amount?: number;
  /** A percentage: 25, not 0.25. */
  readonly vat?: number;
  readonly gross_amount?: number;
  readonly discount_lines?: readonly DiscountLine[];
  readonly thumbnail_url?: string;
}

/** A discount that was already taken off; its amount is positive. */
export interface DiscountLine {
  readonly amount: number;
  readonly percentage?: number;
  readonly discount_type?: string;
  readonly discount_id?: string;
  readonly description?: string;
  readonly line_id?: number | string;
}

/** A way to deliver, offered by the merchant. */
export interface ShippingOption {
  readonly id: string;
  readonly line_id: string;
  readonly amount: number;
  readonly vat_amount?: number;
  readonly vat?: number;
  readonly title: string;
  readonly description?: string;
  readonly delivery_method?: "delivery" | "pick_up" | "unspecified";
  readonly operator?: string;
}

/** An address as a shopper or a wallet gives it; one-click wallets give only country and postal code. */
export interface Address {
  readonly country?: string;
  readonly postal_code?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly address_line?: string;
  readonly address_line_2?: string;
  readonly postal_place?: string;
  readonly email?: string;
  readonly phone_number?: string;
  readonly business_name?: string;
  readonly organization_number?: string;
}

export interface Order {
  readonly amount: number;
  readonly currency: string;
  readonly merchant_reference: string;
  readonly vat_amount?: number;
  readonly items?: readonly Item[];
  readonly shipping_option?: ShippingOption;
  readonly shipping_address?: Address;
  readonly discount_codes?: readonly string[];
  readonly discount_lines?: readonly DiscountLine[];
  readonly partial_payment?: boolean;
}

export interface Express {
  readonly shipping_options?: readonly ShippingOption[];
  readonly shipping_mode?: "shipping_required" | "shipping_not_required";
  readonly customer_types?: readonly ("b2c" | "b2b")[];
  readonly shipping_address_callback_url?: string;
  readonly discount_codes?: { readonly max_count?: number; readonly callback_url: string };
}

/** Something that happened to a session or a transaction, oldest first. */
export interface LogEntry {
  readonly id: string;
  readonly event: string;
  readonly created_at: string;
  readonly amount?: number;
  readonly success?: boolean;
}

/** What a merchant sends to create a session. */
export interface SessionRequest {
  readonly url: {
    readonly return_url: string;
    readonly callback_url?: string;
    readonly merchant_terms_url?: string;
  };
  readonly order: Order;
  readonly express?: Express;
  readonly profile_id: string;
  readonly expires_at?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A session as Dintero answers it: what was sent, and what became of it. */
export interface Session extends SessionRequest {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string;
  readonly transaction_id?: string;
  readonly cancelled_at?: string;
  /** There while the page has locked the session for an update. */
  readonly pay_lock?: { readonly id: string; readonly created_at: string };
  readonly events: readonly LogEntry[];
}
