/** Every amount in the shop is an integer in the currency's smallest unit: 299.90 NOK is 29990. */
export const currency = "NOK";

const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });

/** `amount` in minor units. */
export function formatMoney(amount: number): string {
  return format.format(amount / 100);
}

/** The VAT inside an amount that includes it. `vat` is a percentage: 25, not 0.25. */
export function vatWithin(amount: number, vat: number): number {
  return Math.round((amount * vat) / (100 + vat));
}
