import type { Address } from "./address.ts";
import type { MinorUnits } from "./money.ts";
import type { ShippingOption } from "./shipping-option.ts";

type DiscountType =
  "customer" | "periodic" | "manual" | "loyalty" | "total" | "employee" | "external" | (string & {});

/** A discount that is already off the amount of the line it belongs to. */
export interface DiscountLine {
  /** Positive. */
  readonly amount?: MinorUnits;
  readonly percentage?: number;
  readonly discount_type?: DiscountType;
  readonly discount_id?: string;
  readonly description?: string;
  /** A number, unlike the `line_id` of an item. */
  readonly line_id?: number | string;
  readonly [field: string]: unknown;
}

/** A line of an order. Dintero requires none of its fields; Instabank and Walley need `line_id`, `quantity` and `amount`. */
export interface OrderItem {
  readonly id?: string;
  /** Unique among the items; captures and refunds refer to it. */
  readonly line_id?: string;
  readonly description?: string;
  /** May be a decimal: sold by weight. */
  readonly quantity?: number;
  /** Total of the line, VAT and discounts included. Negative for a discount, a gift card or a correction. */
  readonly amount?: MinorUnits;
  /** For display only. */
  readonly vat_amount?: MinorUnits;
  /** A percentage: 25, not 0.25. */
  readonly vat?: number;
  readonly type?: "physical" | "digital" | "service" | "gift_card" | "shipping" | "surcharge" | (string & {});
  readonly thumbnail_url?: string;
  readonly eligible_for_discount?: boolean;
  /** What the line cost before its discounts. Set by Dintero. */
  readonly gross_amount?: MinorUnits;
  readonly discount_lines?: readonly DiscountLine[];
  readonly [field: string]: unknown;
}

interface GiftCard {
  readonly [field: string]: unknown;
}

/** What the shopper buys. */
export interface Order {
  /** Sum of the items and the shipping option, VAT included; not negative. */
  readonly amount: MinorUnits;
  /** ISO 4217, `NOK`. */
  readonly currency: string;
  /** The merchant's own name of the order. */
  readonly merchant_reference: string;
  /** A second one, which can still be changed once the order is paid. */
  readonly merchant_reference_2?: string;
  readonly vat_amount?: MinorUnits;
  readonly items?: readonly OrderItem[];
  readonly shipping_option?: ShippingOption;
  readonly shipping_address?: Address;
  readonly billing_address?: Address;
  /** Discounts of the whole order. They do not enter the sum. */
  readonly discount_lines?: readonly DiscountLine[];
  /** Codes that the shopper entered. */
  readonly discount_codes?: readonly string[];
  readonly gift_cards?: readonly GiftCard[];
  /** The items are paid only in part: `amount` may be below their sum. */
  readonly partial_payment?: boolean;
  readonly [field: string]: unknown;
}

/** The order of an update. Dintero requires none of its fields; what is left out may or may not keep its value. */
export type OrderUpdate = Partial<Order>;
