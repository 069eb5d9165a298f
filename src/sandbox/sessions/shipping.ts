import type { Order, ShippingOption } from "../session.ts";

/** The order with another shipping option, or none: its amount follows. */
export function withShipping(order: Order, option: ShippingOption | undefined): Order {
  const { shipping_option: former, ...rest } = order;
  const amount = order.amount - (former?.amount ?? 0) + (option?.amount ?? 0);
  return { ...rest, amount, ...(option && { shipping_option: option }) };
}
