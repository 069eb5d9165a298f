import type { MinorUnits } from "./money.ts";

/** Which items of the order go in one of several shipments. It has no amount. */
interface ShipmentItem {
  /** `line_id` of the order's item. */
  readonly line_id: string;
  readonly quantity?: number;
  readonly shipment_id?: string;
  readonly [field: string]: unknown;
}

/** How an order is delivered. `id` groups options, `line_id` identifies the choice. */
export interface ShippingOption {
  readonly id: string;
  readonly line_id: string;
  /** VAT included. 0 is free delivery. */
  readonly amount: MinorUnits;
  readonly vat_amount?: MinorUnits;
  /** A percentage: 25, not 0.25. */
  readonly vat?: number;
  readonly title: string;
  readonly description?: string;
  readonly delivery_method?: "delivery" | "pick_up" | "unspecified" | "none";
  /** Who delivers. Dintero takes `""`. */
  readonly operator: string;
  /** ISO 3166-1 alpha-2 codes of the countries it delivers to. */
  readonly countries?: readonly string[];
  readonly pick_up_address?: unknown;
  readonly thumbnail_url?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Pay in the store: the order's amount is 0 and `dintero.zero` must be enabled. */
  readonly pay_in_store?: { readonly type: "full" };
  readonly shipment_items?: readonly ShipmentItem[];
  /** The choice, one for each of several shipments. */
  readonly shipments?: readonly ShippingOption[];
  readonly [field: string]: unknown;
}
