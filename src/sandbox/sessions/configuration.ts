import { withPayability, type Configuration } from "../profiles/configuration.ts";
import { isPaymentType } from "../profiles/payment-methods.ts";
import { countryOf, type Payable, type Profiles } from "../profiles/profiles.ts";

/**
 * The configuration as Dintero answers it: the merchant, and whether each payment method can be used. Without an amount
 * only `dintero.zero` can.
 */
export function readableConfiguration(session: Payable, account: string, profiles: Profiles): Configuration {
  const { configuration, order } = session;
  const merchant = { id: account, name: "Sandbox shop", country: countryOf(order) ?? "NO" };
  let readable: Configuration = { ...configuration, merchant };
  for (const amount of [0, order.amount || 1])
    for (const { payment_product_type } of profiles.paymentMethods({
      ...session,
      order: { ...order, amount },
    })) {
      const payability = (amount === 0) === (order.amount === 0) ? "payable" : "disabled_by_order_amount";
      if (isPaymentType(payment_product_type))
        readable = withPayability(readable, payment_product_type, { payability });
    }
  return readable;
}
