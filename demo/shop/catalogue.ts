// @ts-check
import { vatWithin } from "./money.js";

/**
 * @typedef {object} Product
 * @property {string} id
 * @property {string} name
 * @property {string} text
 * @property {number} price in minor units, VAT included
 * @property {number} vat as a percentage
 */

/**
 * @typedef {object} Line an order line as Dintero takes it
 * @property {string} id
 * @property {string} line_id
 * @property {string} description
 * @property {number} quantity
 * @property {number} amount of the whole line in minor units, VAT included
 * @property {number} vat_amount in minor units
 * @property {number} vat as a percentage
 */

/** @type {readonly Product[]} */
export const products = [
  {
    id: "blue-t-shirt",
    name: "Blue T-Shirt",
    text: "Soft organic cotton, straight fit.",
    price: 29990,
    vat: 25,
  },
  {
    id: "wool-socks",
    name: "Wool Socks",
    text: "Merino from the west coast, a pair.",
    price: 17900,
    vat: 25,
  },
  { id: "enamel-mug", name: "Enamel Mug", text: "3 dl, survives the campfire.", price: 14900, vat: 25 },
  { id: "tote-bag", name: "Tote Bag", text: "Heavy canvas, room for a week's food.", price: 9900, vat: 25 },
  { id: "coffee-beans", name: "Coffee Beans", text: "Light roast from Huila, 250 g.", price: 12900, vat: 15 },
  {
    id: "fjord-cookbook",
    name: "Fjord Cookbook",
    text: "72 recipes between tide and tree line.",
    price: 34900,
    vat: 0,
  },
];

/** Goes with what is bought: offered at the checkout, and no product among the others. @type {Product} */
export const giftWrap = {
  id: "gift-wrap",
  name: "Gift wrap",
  text: "Paper, ribbon and a card.",
  price: 4900,
  vat: 25,
};

const all = [...products, giftWrap];

/** The most of one product that a cart holds. */
export const maxQuantity = 20;

/** @param {string} id */
export function findProduct(id) {
  return all.find((product) => product.id === id);
}

/**
 * Prices a cart. The browser says which and how many; what they cost is said here and nowhere else.
 *
 * @param {Readonly<Record<string, number>>} quantities product id to quantity
 * @returns {Line[]}
 */
export function priceLines(quantities) {
  return all
    .filter((product) => (quantities[product.id] ?? 0) > 0)
    .map((product, index) => {
      const quantity = quantities[product.id] ?? 0;
      const amount = product.price * quantity;
      return {
        id: product.id,
        line_id: String(index + 1),
        description: product.name,
        quantity,
        amount,
        vat_amount: vatWithin(amount, product.vat),
        vat: product.vat,
      };
    });
}

/** @param {readonly { amount: number }[]} lines */
export function sum(lines) {
  return lines.reduce((total, line) => total + line.amount, 0);
}
