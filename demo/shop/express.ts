// @ts-check
import { sum } from "./catalogue.js";
import { formatMoney, vatWithin } from "./money.js";

/** @typedef {import("./catalogue.js").Line} Line */

/**
 * @typedef {object} ShippingOption
 * @property {string} id
 * @property {string} line_id
 * @property {number} amount in minor units, VAT included
 * @property {number} vat_amount in minor units
 * @property {number} vat as a percentage
 * @property {string} title
 * @property {string} description
 * @property {"delivery" | "pick_up"} delivery_method
 * @property {string} operator
 */

/** What every shopper may use once per order, in percent. */
const discounts = new Map([
  ["SUMMER10", 10],
  ["FRIENDS25", 25],
]);

/**
 * What the shop ships with, and what for. An empty list: it does not ship there.
 *
 * @param {{ country?: string | undefined, postal_code?: string | undefined }} address wallets may tell no more
 * @returns {ShippingOption[]}
 */
export function shippingOptions({ country, postal_code: postalCode = "" }) {
  if (country === "NO") {
    // Svalbard: no VAT, no pick-up points, and a plane.
    if (/^917\d$/.test(postalCode)) return [option("svalbard", "By air to Svalbard", 24900, 0, "5–8 days")];
    return [
      option("home", "To your door", 9900, 25, "2–3 days"),
      option("pick-up", "Pick-up point", 4900, 25, "2–4 days", "pick_up"),
    ];
  }
  if (country === "SE" || country === "DK" || country === "FI") {
    return [option("nordic", "Nordic parcel", 14900, 25, "4–6 days")];
  }
  return [];
}

/**
 * @param {string} id
 * @param {string} title
 * @param {number} amount
 * @param {number} vat
 * @param {string} description
 * @param {"delivery" | "pick_up"} [method]
 * @returns {ShippingOption}
 */
function option(id, title, amount, vat, description, method = "delivery") {
  return {
    id,
    line_id: `shipping-${id}`,
    amount,
    vat_amount: vatWithin(amount, vat),
    vat,
    title,
    description,
    delivery_method: method,
    operator: "Fjord Post",
  };
}

/**
 * The shop's lines with the first code that it knows taken off.
 *
 * @param {readonly Line[]} lines at full price
 * @param {readonly string[]} codes as the shopper typed them
 * @returns {Line[]}
 */
export function discounted(lines, codes) {
  const code = codes.map((typed) => typed.trim().toUpperCase()).find((typed) => discounts.has(typed));
  const percentage = discounts.get(code ?? "") ?? 0;
  if (!code || !percentage) return [...lines];
  return lines.map((line) => {
    const off = Math.round((line.amount * percentage) / 100);
    const amount = line.amount - off;
    return {
      ...line,
      amount,
      vat_amount: vatWithin(amount, line.vat),
      gross_amount: line.amount,
      discount_lines: [
        { amount: off, percentage, discount_id: code, description: `${percentage} % off`, line_id: 1 },
      ],
    };
  });
}

/**
 * What an express order costs by the shop's own reckoning: the session says where it goes, which way and with which
 * code, the shop says what that costs.
 *
 * @param {{ lines: Line[], amount: number }} order at full price, without shipping
 * @param {import("dintero-checkout-element/server").Session} session
 * @returns {{ lines: Line[], amount: number, address: string } | { problem: string }}
 */
export function quote(order, session) {
  const { shipping_option: chosen, shipping_address: address, discount_codes: codes } = session.order;
  if (!chosen) return { problem: "It came without a way to ship it." };
  const offered = shippingOptions(address ?? {}).find(({ line_id: id }) => id === chosen.line_id);
  if (!offered) return { problem: `The shop does not ship it by “${chosen.title}” to that address.` };
  if (offered.amount !== chosen.amount) {
    return {
      problem: `It was shipped for ${formatMoney(chosen.amount)}, the shop asks ${formatMoney(offered.amount)}.`,
    };
  }
  const { id, line_id, amount, vat_amount, vat, title } = offered;
  const shipping = { id, line_id, description: `Shipping: ${title}`, quantity: 1, amount, vat_amount, vat };
  const lines = [...discounted(order.lines, codes ?? []), shipping];
  return { lines, amount: sum(lines), address: oneLine(address) };
}

/** @param {import("dintero-checkout-element/server").Address | undefined} address */
function oneLine(address = {}) {
  const name = [address.first_name, address.last_name].filter(Boolean).join(" ");
  const place = [address.postal_code, address.postal_place].filter(Boolean).join(" ");
  return [name, address.address_line, place, address.country].filter(Boolean).join(", ");
}
