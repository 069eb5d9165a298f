import type { MinorUnits } from "./money.ts";
import type { DiscountLine, OrderItem } from "./order.ts";
import type { ShippingOption } from "./shipping-option.ts";

/** What makes a session an express one: Dintero collects the address and offers the shipping options. */
export interface Express {
  /** May be empty until the address is known. */
  readonly shipping_options: readonly ShippingOption[];
  /** Default `shipping_required`. */
  readonly shipping_mode?: "shipping_required" | "shipping_not_required";
  /** Default both. */
  readonly customer_types?: readonly ("b2c" | "b2b")[];
  /** Public address of `createAddressHandler`. */
  readonly shipping_address_callback_url?: string;
  /**
   * `callback_url` is the public address of `createDiscountHandler`. Codes also need
   * `configuration.discounts.express_discount_codes.enabled`.
   */
  readonly discount_codes?: { readonly max_count?: number; readonly callback_url?: string };
  readonly [field: string]: unknown;
}

/** The order in the answer to an address or discount callback. It has no shipping option. */
export interface ExpressOrder {
  /** The items and the shipping option that is chosen in the request: see `sumOfExpressAnswer`. */
  readonly amount: MinorUnits;
  readonly currency?: string;
  readonly vat_amount?: MinorUnits;
  /** All of them, after discounts. */
  readonly items?: readonly OrderItem[];
  readonly discount_codes?: readonly string[];
  readonly discount_lines?: readonly DiscountLine[];
  readonly [field: string]: unknown;
}

/** What Dintero takes from an address or discount callback. */
export interface ExpressAnswer {
  /** Empty: the merchant does not deliver there. */
  readonly shipping_options: readonly ShippingOption[];
  readonly order?: ExpressOrder;
}
