import type { PaymentKind } from "../page-api.ts";

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

/** A `payment_product_type` that Dintero names. */
export type PaymentType = keyof typeof kinds;

/** How a payment method looks, or undefined for an unknown one. */
export function kindOf(type: string): PaymentKind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type as PaymentType] : undefined;
}

export function isPaymentType(type: string): type is PaymentType {
  return Object.hasOwn(kinds, type);
}
