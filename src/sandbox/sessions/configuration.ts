import type { SessionRequest } from "../../dintero/session.ts";
import { paymentMethods } from "../profiles/payment-methods.ts";

type Settings = Readonly<Record<string, unknown>>;

/**
 * The configuration as Dintero answers it: the merchant, and whether each payment method can be used. Without an amount
 * only `dintero.zero` can.
 */
export function readableConfiguration(
  { configuration, order }: Pick<SessionRequest, "configuration" | "order">,
  account: string,
): Settings {
  const country = countryOf(order);
  const readable: Record<string, unknown> = {
    ...configuration,
    merchant: { id: account, name: "Sandbox shop", country: country ?? "NO" },
  };
  const paid = paymentMethods({ ...order, amount: order.amount || 1, country }, configuration);
  for (const { payment_product_type } of paid)
    addPayability(readable, payment_product_type, order.amount > 0);
  for (const { payment_product_type } of paymentMethods({ ...order, amount: 0 }, configuration))
    addPayability(readable, payment_product_type, order.amount === 0);
  return readable;
}

/** The shopper's country, if the order has it. */
export function countryOf({
  billing_address,
  shipping_address,
}: SessionRequest["order"]): string | undefined {
  return billing_address?.country ?? shipping_address?.country;
}

function addPayability(configuration: Record<string, unknown>, type: string, payable: boolean): void {
  const payability = payable ? "payable" : "disabled_by_order_amount";
  const [provider = "", method] = type.split(".");
  const settings = configuration[provider] as Settings | undefined;
  const own = method === undefined ? settings : (settings?.[method] as Settings | undefined);
  const answered = { ...own, type, payability };
  configuration[provider] = method === undefined ? answered : { ...settings, [method]: answered };
}
