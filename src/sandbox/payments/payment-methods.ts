import type { PaymentMethod } from "../page-api.ts";

const card: PaymentMethod = { kind: "card", payment_product_type: "payex.creditcard" };
const vipps: PaymentMethod = { kind: "vipps", payment_product_type: "vipps" };
const swish: PaymentMethod = { kind: "swish", payment_product_type: "swish.swish" };
const mobilepay: PaymentMethod = { kind: "mobilepay", payment_product_type: "payex.mobilepay" };
const invoice: PaymentMethod = { kind: "invoice", payment_product_type: "collector.invoice" };

const byCurrency: Readonly<Record<string, readonly PaymentMethod[]>> = {
  NOK: [card, vipps, invoice],
  SEK: [card, swish, invoice],
  DKK: [card, mobilepay, invoice],
  EUR: [card, mobilepay, invoice],
};

/** What a shopper can pay with in this currency; cards work in all of them. */
export function paymentMethods(currency: string): readonly PaymentMethod[] {
  return byCurrency[currency] ?? [card];
}
