// @ts-check
import { findProduct, maxQuantity } from "./catalogue.js";

/** @typedef {import("./store.js").Cart} Cart */

/**
 * @param {Cart | undefined} cart
 * @param {string} productId
 * @param {number} quantity that the cart then holds; 0 takes the product out
 * @returns {Cart}
 */
export function withQuantity(cart, productId, quantity) {
  const quantities = { ...cart?.quantities };
  if (findProduct(productId) && Number.isInteger(quantity)) {
    if (quantity > 0) quantities[productId] = Math.min(quantity, maxQuantity);
    else delete quantities[productId];
  }
  return { ...cart, quantities };
}

/**
 * Takes out what has been bought: what was put in while the payment was under way stays.
 *
 * @param {Cart} cart
 * @param {readonly import("./catalogue.js").Line[]} lines
 * @returns {Cart}
 */
export function subtract(cart, lines) {
  /** @type {Record<string, number>} */
  const quantities = {};
  for (const [id, quantity] of Object.entries(cart.quantities)) {
    const left = quantity - (lines.find((line) => line.id === id)?.quantity ?? 0);
    if (left > 0) quantities[id] = left;
  }
  return { quantities };
}

/** @param {Cart | undefined} cart */
export function countItems(cart) {
  return Object.values(cart?.quantities ?? {}).reduce((count, quantity) => count + quantity, 0);
}
