import { isPaymentType, type PaymentType } from "./payment-methods.ts";

/** What a session or a profile is configured with. */
export type Configuration = Readonly<Record<string, unknown>>;

/** `disabled_by_order_amount`: `dintero.zero` pays nothing else than 0, and nothing else pays 0. */
export type Payability = "payable" | "disabled_by_order_amount";

/** The methods that a configuration enables: `{"payex":{"creditcard":{"enabled":true}}}` is `payex.creditcard`. */
export function enabledTypes(configuration: Configuration | undefined): readonly PaymentType[] {
  const names: string[] = [];
  for (const [provider, settings] of Object.entries(configuration ?? {})) {
    if (!isConfiguration(settings)) continue;
    if (settings["enabled"] === true) names.push(provider);
    for (const [method, own] of Object.entries(settings))
      if (isConfiguration(own) && own["enabled"] === true) names.push(`${provider}.${method}`);
  }
  return names.filter(isPaymentType);
}

/** Whether `active_payment_types` leaves a method on; an entry of its own outranks `payex.*` and `*`. */
export function isActive(type: PaymentType, configuration: Configuration | undefined): boolean {
  const entries = configuration?.["active_payment_types"];
  if (!isConfiguration(entries)) return true;
  const provider = type.split(".")[0];
  const entry = [type, `${provider}.*`, provider ?? "", "*"]
    .map((name) => entries[name])
    .find(isConfiguration);
  return entry?.["enabled"] !== false;
}

/** The configuration as Dintero answers it: a provider is a `payment_type`, its methods are `payment_product_type`s. */
export function withPayability(
  configuration: Configuration,
  type: PaymentType,
  fields: { readonly payability: Payability; readonly enabled?: true },
): Configuration {
  const [provider = "", method] = type.split(".");
  const settings = configuration[provider] as Configuration | undefined;
  if (method === undefined)
    return { ...configuration, [provider]: { ...settings, type: "payment_type", ...fields } };
  const own = settings?.[method] as Configuration | undefined;
  const { enabled } = fields;
  return {
    ...configuration,
    [provider]: {
      ...settings,
      ...(enabled && { enabled }),
      type: "payment_type",
      [method]: { ...own, type: "payment_product_type", ...fields },
    },
  };
}

function isConfiguration(value: unknown): value is Configuration {
  return typeof value === "object" && value !== null;
}
