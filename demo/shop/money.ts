// @ts-check

/** Every amount in the shop is an integer in the currency's smallest unit: 299.90 NOK is 29990. */
export const currency = "NOK";

/** @param {number} amount in minor units */
export function formatMoney(amount) {
  return new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" }).format(
    amount / 100,
  );
}

/**
 * The VAT inside a price that includes it.
 *
 * @param {number} amount in minor units, VAT included
 * @param {number} vat as a percentage: 25, not 0.25
 */
export function vatWithin(amount, vat) {
  return Math.round((amount * vat) / (100 + vat));
}
