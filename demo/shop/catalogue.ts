import { vatWithin } from "./money.ts";

interface Product {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** In minor units, VAT included. */
  readonly price: number;
  /** A percentage. */
  readonly vat: number;
}

/** An order line as Dintero takes it. Amounts are of the whole line, in minor units, VAT included. */
export interface Line {
  readonly id: string;
  readonly line_id: string;
  readonly description: string;
  readonly quantity: number;
  readonly amount: number;
  readonly vat_amount: number;
  readonly vat: number;
  readonly [field: string]: unknown;
}

/* prettier-ignore */
export const products: readonly Product[] = [
  { id: "blue-t-shirt", name: "Blue T-Shirt", text: "Soft organic cotton, straight fit.", price: 29990, vat: 25 },
  { id: "wool-socks", name: "Wool Socks", text: "Merino from the west coast, a pair.", price: 17900, vat: 25 },
  { id: "enamel-mug", name: "Enamel Mug", text: "3 dl, survives the campfire.", price: 14900, vat: 25 },
  { id: "tote-bag", name: "Tote Bag", text: "Heavy canvas, room for a week's food.", price: 9900, vat: 25 },
  { id: "coffee-beans", name: "Coffee Beans", text: "Light roast from Huila, 250 g.", price: 12900, vat: 15 },
  { id: "fjord-cookbook", name: "Fjord Cookbook", text: "72 recipes between tide and tree line.", price: 34900, vat: 0 },
];

/** The most of one product that a cart holds. */
export const maxQuantity = 20;

export function findProduct(id: string): Product | undefined {
  return products.find((product) => product.id === id);
}

/** Prices a cart. The browser only sends products and quantities; this is the only place that sets prices. */
export function priceLines(quantities: ReadonlyMap<string, number>): Line[] {
  return products
    .map((product) => ({ ...product, quantity: quantities.get(product.id) ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ id, name, price, vat, quantity }, index) => {
      const amount = price * quantity;
      const vat_amount = vatWithin(amount, vat);
      return { id, line_id: String(index + 1), description: name, quantity, amount, vat_amount, vat };
    });
}

export function sum(lines: readonly { readonly amount: number }[]): number {
  return lines.reduce((total, { amount }) => total + amount, 0);
}

/** The order as it is sent to Dintero, when its session is created and updated. */
export function toDinteroOrder(order: { id: string; lines: readonly Line[]; currency: string }) {
  return {
    amount: sum(order.lines),
    vat_amount: order.lines.reduce((total, { vat_amount }) => total + vat_amount, 0),
    currency: order.currency,
    merchant_reference: order.id,
    items: order.lines,
  };
}
