import type { Order } from "../../dintero/order.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import type { Missing } from "../page-api.ts";
import type { Session } from "../session.ts";

/** The order with another shipping option, or none: its amount follows. */
export function withShipping(order: Order, option: ShippingOption | undefined): Order {
  const { shipping_option: former, ...rest } = order;
  const amount = order.amount - (former?.amount ?? 0) + (option?.amount ?? 0);
  return { ...rest, amount, ...(option && { shipping_option: option }) } as Order;
}

/** An option among those that are offered. */
export function findOption(
  options: readonly ShippingOption[] | undefined,
  lineId: string | undefined,
): ShippingOption | undefined {
  return lineId === undefined ? undefined : options?.find(({ line_id }) => line_id === lineId);
}

/**
 * What an express order lacks before it can be paid: an address, and a shipping option where the merchant has an address
 * callback or offers any.
 */
export function missingOf({ express, order }: Session): readonly Missing[] {
  if (!express || express.shipping_mode === "shipping_not_required") return [];
  const optional = express.shipping_address_callback_url === undefined && !express.shipping_options.length;
  const missing: Missing[] = [];
  if (!order.shipping_address) missing.push("shipping_address");
  if (!optional && !order.shipping_option) missing.push("shipping_option");
  return missing;
}
