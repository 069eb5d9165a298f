/** Money in the currency's smallest unit, an integer: 29990 is 299.90 NOK. */
export type MinorUnits = number;

/** A line of an order. */
export interface OrderItem {
  readonly id: string;
  /** Unique within the order; captures and refunds refer to it. */
  readonly line_id: string;
  readonly description: string;
  /** May be a decimal: sold by weight. */
  readonly quantity: number;
  /** Total of the line, VAT included. Negative for a discount or a gift card. */
  readonly amount: MinorUnits;
  readonly vat_amount?: MinorUnits;
  /** A percentage: 25, not 0.25. */
  readonly vat?: number;
  /** What the line cost before its discounts. */
  readonly gross_amount?: MinorUnits;
  readonly discount_lines?: readonly DiscountLine[];
  readonly [field: string]: unknown;
}

/** A discount that was already taken off the amount it belongs to. */
export interface DiscountLine {
  /** Positive. */
  readonly amount: MinorUnits;
  readonly percentage?: number;
  readonly discount_type?: string;
  readonly discount_id?: string;
  readonly description?: string;
  readonly line_id?: number | string;
}

/** A way to deliver. */
export interface ShippingOption {
  readonly id: string;
  readonly line_id: string;
  readonly amount: MinorUnits;
  readonly vat_amount?: MinorUnits;
  /** A percentage. */
  readonly vat?: number;
  readonly title: string;
  readonly description?: string;
  readonly delivery_method?: "delivery" | "pick_up" | "unspecified";
  readonly operator?: string;
  readonly [field: string]: unknown;
}

/** A shopper's address. One-click wallets may give the country and the postal code and nothing else. */
export interface Address {
  /** ISO 3166-1 alpha-2, `NO`. */
  readonly country?: string;
  readonly postal_code?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly address_line?: string;
  readonly postal_place?: string;
  readonly email?: string;
  readonly phone_number?: string;
  readonly [field: string]: unknown;
}

export interface Order {
  /** Sum of the items and the shipping option, VAT included. */
  readonly amount: MinorUnits;
  /** ISO 4217, `NOK`. */
  readonly currency: string;
  /** The merchant's own name of the order. */
  readonly merchant_reference: string;
  readonly vat_amount?: MinorUnits;
  readonly items?: readonly OrderItem[];
  readonly shipping_option?: ShippingOption;
  readonly shipping_address?: Address;
  readonly discount_lines?: readonly DiscountLine[];
  /** Codes that the shopper entered. */
  readonly discount_codes?: readonly string[];
  /** The items are paid only in part: they need not add up to the amount. */
  readonly partial_payment?: boolean;
  readonly [field: string]: unknown;
}

/** What makes a session an express one: Dintero asks for the address and offers the shipping options. */
export interface Express {
  readonly shipping_options: readonly ShippingOption[];
  readonly shipping_mode?: "shipping_required" | "shipping_not_required";
  readonly customer_types?: readonly ("b2c" | "b2b")[];
  /** Public address of `createAddressHandler`. */
  readonly shipping_address_callback_url?: string;
  /** `callback_url` is the public address of `createDiscountHandler`. */
  readonly discount_codes?: { readonly max_count?: number; readonly callback_url: string };
  readonly [field: string]: unknown;
}

/** What creates a session. Other fields of Dintero's are sent as they are. */
export interface SessionRequest {
  readonly url: {
    /** Where the shopper comes back to. */
    readonly return_url: string;
    /** Public HTTPS address of `createCallbackHandler`. */
    readonly callback_url?: string;
    readonly merchant_terms_url?: string;
    readonly [field: string]: unknown;
  };
  readonly order: Order;
  readonly profile_id: string;
  readonly express?: Express;
  /** ISO 8601. */
  readonly expires_at?: string;
  readonly [field: string]: unknown;
}

/** What changes a session. */
export interface SessionUpdate {
  readonly order: Omit<Order, "merchant_reference" | "currency"> &
    Partial<Pick<Order, "merchant_reference" | "currency">>;
  readonly express?: Express;
  /** Unlock the session, so that it can be paid. Default true. */
  readonly remove_lock?: boolean;
}

export interface CreatedSession {
  readonly id: string;
  /** Dintero's own page for the session. */
  readonly url: string;
}

/** A session as Dintero tells it. */
export interface Session extends SessionRequest {
  readonly id: string;
  /** ISO 8601, as the other times. */
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly expires_at?: string;
  readonly cancelled_at?: string;
  /** Once it was paid. */
  readonly transaction_id?: string;
  readonly events?: readonly unknown[];
}
