import type { PaymentKind, PaymentMethod } from "../page-api.ts";

/** Every payment method that Dintero names, and how it looks on the page. */
const kinds = {
  "bambora.applepay": "applepay",
  "bambora.creditcard": "card",
  "bambora.googlepay": "googlepay",
  "bambora.mobilepay": "mobilepay",
  "bambora.vipps": "vipps",
  "collector.finance": "other",
  "collector.installment": "other",
  "collector.installment_b2b_preapproved": "other",
  "collector.invoice": "invoice",
  "collector.invoice_b2b": "invoice",
  "collector.invoice_b2b_preapproved": "invoice",
  "dintero.external": "other",
  "dintero.wallets": "other",
  "dintero.zero": "zero",
  "dintero_psp.applepay": "applepay",
  "dintero_psp.clicktopay": "other",
  "dintero_psp.creditcard": "card",
  "dintero_psp.googlepay": "googlepay",
  "dintero_psp.vipps": "vipps",
  "instabank.finance": "other",
  "instabank.installment": "other",
  "instabank.invoice": "invoice",
  "instabank.postponement": "other",
  "klarna.billie": "klarna",
  "klarna.klarna": "klarna",
  "kravia.invoice_b2b": "invoice",
  "kravia.invoice_b2b_grouped": "invoice",
  "kravia.invoice_b2c": "invoice",
  "netaxept.creditcard": "card",
  "payex.applepay": "applepay",
  "payex.clicktopay": "other",
  "payex.creditcard": "card",
  "payex.googlepay": "googlepay",
  "payex.mobilepay": "mobilepay",
  "payex.swish": "swish",
  "payex.vipps": "vipps",
  "santander.debit_account": "other",
  "seitatech.in_person": "other",
  "swish.swish": "swish",
  "two.invoice_b2b": "invoice",
  vipps: "vipps",
} as const satisfies Record<string, PaymentKind>;

type KnownType = keyof typeof kinds;

/** What the profile `default` of the sandbox offers: where a country is named, only there. */
const profile: Readonly<
  Record<string, readonly { readonly type: KnownType; readonly countries?: readonly string[] }[]>
> = {
  NOK: [
    { type: "payex.creditcard" },
    { type: "vipps", countries: ["NO"] },
    { type: "klarna.klarna", countries: ["NO"] },
    { type: "collector.invoice", countries: ["NO"] },
    { type: "payex.applepay" },
    { type: "payex.googlepay" },
  ],
  SEK: [
    { type: "payex.creditcard" },
    { type: "swish.swish", countries: ["SE"] },
    { type: "klarna.klarna", countries: ["SE"] },
    { type: "collector.invoice", countries: ["SE"] },
    { type: "payex.applepay" },
    { type: "payex.googlepay" },
  ],
  DKK: [
    { type: "payex.creditcard" },
    { type: "payex.mobilepay", countries: ["DK"] },
    { type: "klarna.klarna", countries: ["DK"] },
    { type: "collector.invoice", countries: ["DK"] },
    { type: "payex.applepay" },
    { type: "payex.googlepay" },
  ],
  EUR: [
    { type: "payex.creditcard" },
    { type: "payex.mobilepay", countries: ["FI"] },
    { type: "klarna.klarna" },
    { type: "collector.invoice", countries: ["FI"] },
    { type: "payex.applepay" },
    { type: "payex.googlepay" },
  ],
};

const elsewhere: readonly { readonly type: KnownType }[] = [
  { type: "payex.creditcard" },
  { type: "payex.applepay" },
  { type: "payex.googlepay" },
];

/** What of an order decides how it can be paid. */
export interface Payable {
  readonly amount: number;
  readonly currency: string;
  /** Of the billing or the shipping address, where one was given. */
  readonly country?: string | undefined;
}

/** How a payment method looks, or undefined for an unknown one. */
export function kindOf(type: string): PaymentKind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type as KnownType] : undefined;
}

/** Names that `configuration` enables: `{"payex":{"creditcard":{"enabled":true}}}` is `payex.creditcard`. */
export function enabledTypes(configuration: Settings | undefined): KnownType[] {
  const names: string[] = [];
  for (const [provider, settings] of Object.entries(configuration ?? {})) {
    if (!isSettings(settings)) continue;
    if (settings["enabled"] === true) names.push(provider);
    for (const [method, own] of Object.entries(settings))
      if (isSettings(own) && own["enabled"] === true) names.push(`${provider}.${method}`);
  }
  return names.filter((name): name is KnownType => Object.hasOwn(kinds, name));
}

type Settings = Readonly<Record<string, unknown>>;

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null;
}

/**
 * What a shopper can pay with: what the session's `configuration` enables, or else what the profile offers in this
 * currency and country. An order without an amount can only be paid as `dintero.zero`, and only where that is enabled.
 */
export function paymentMethods(
  order: Payable,
  configuration?: Readonly<Record<string, unknown>>,
): readonly PaymentMethod[] {
  const enabled = enabledTypes(configuration);
  if (order.amount === 0) return enabled.includes("dintero.zero") ? [method("dintero.zero")] : [];
  const chosen = enabled.filter((type) => type !== "dintero.zero");
  if (chosen.length) return chosen.map(method);
  const { country } = order;
  const offered: readonly { readonly type: KnownType; readonly countries?: readonly string[] }[] =
    profile[order.currency] ?? elsewhere;
  return offered
    .filter(({ countries }) => !countries || country === undefined || countries.includes(country))
    .map(({ type }) => method(type));
}

function method(type: KnownType): PaymentMethod {
  return { kind: kinds[type], payment_product_type: type };
}

/** What tests pay with where they name nothing else. */
export function usualType({ amount }: Pick<Payable, "amount">): KnownType {
  return amount === 0 ? "dintero.zero" : "payex.creditcard";
}
