import type { SessionRequest } from "../../dintero/session.ts";
import { paymentMethods } from "../transactions/payment-methods.ts";

type Settings = Readonly<Record<string, unknown>>;

/**
 * The configuration as Dintero answers it: the merchant, and whether each payment method can be used. Without an amount
 * only `dintero.zero` can.
 */
export function readableConfiguration(
  { configuration, order }: Pick<SessionRequest, "configuration" | "order">,
  account: string,
): Settings {
  let readable: Settings = {
    ...configuration,
    merchant: { id: account, name: "Sandbox shop", country: countryOf(order) ?? "NO" },
  };
  const methods = paymentMethods(
    { ...order, amount: order.amount || 1, country: countryOf(order) },
    configuration,
  );
  const payability = order.amount === 0 ? "disabled_by_order_amount" : "payable";
  for (const { payment_product_type } of methods)
    readable = withPayability(readable, payment_product_type, payability);
  const [zero] = paymentMethods({ ...order, amount: 0 }, configuration);
  return zero ? withPayability(readable, zero.payment_product_type, zeroPayability(order.amount)) : readable;
}

/** Where the shopper pays from, as far as the order says. */
export function countryOf({
  billing_address,
  shipping_address,
}: SessionRequest["order"]): string | undefined {
  return billing_address?.country ?? shipping_address?.country;
}

function zeroPayability(amount: number): string {
  return amount === 0 ? "payable" : "disabled_by_order_amount";
}

function withPayability(configuration: Settings, type: string, payability: string): Settings {
  const [provider = "", method] = type.split(".");
  const settings = (configuration[provider] ?? {}) as Settings;
  if (method === undefined) return { ...configuration, [provider]: { ...settings, type, payability } };
  const own = { ...(settings[method] as Settings | undefined), type, payability };
  return { ...configuration, [provider]: { ...settings, [method]: own } };
}
