import { randomUUID } from "node:crypto";
import { findProduct, maxQuantity, priceLines, type Line } from "../shop/catalogue.ts";
import type { Database } from "./database.ts";

/** How long a shopper and the cart are kept after the last change, in seconds. */
export const cartLifetime = 30 * 24 * 60 * 60;

/** Shoppers, each only an id that cannot be guessed, and their carts. */
export class Carts {
  #database;
  #now;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** The shopper of a cookie. Only ids that the shop itself issued count, and only until they expire. */
  findShopper(id: string | undefined): string | undefined {
    const sql = "SELECT id FROM shoppers WHERE id = ? AND expires_at > ?";
    return id && this.#database.get<{ id: string }>(sql, id, this.#now())?.id;
  }

  /** A new shopper, in place of those who have expired. */
  addShopper(): string {
    const id = randomUUID();
    this.#database.transaction(() => {
      this.#database.run("DELETE FROM shoppers WHERE expires_at <= ?", this.#now());
      this.#database.run("INSERT INTO shoppers (id, expires_at) VALUES (?, ?)", id, this.#expiry());
    });
    return id;
  }

  /** Changes how many of a product the cart holds. Throws when it is not sold or the quantity is invalid. */
  setQuantity(shopper: string, product: string, change: (before: number) => number): void {
    if (!findProduct(product)) throw new InvalidCart("There is no such product.");
    this.#database.transaction(() => {
      const where = "WHERE shopper = ? AND product = ?";
      const sql = `SELECT quantity FROM cart_lines ${where}`;
      const before = this.#database.get<{ quantity: number }>(sql, shopper, product)?.quantity ?? 0;
      const quantity = change(before);
      if (!Number.isInteger(quantity) || quantity < 0 || quantity > maxQuantity) {
        throw new InvalidCart(`A quantity is a whole number from 0 to ${maxQuantity}.`);
      }
      if (quantity === 0) this.#database.run(`DELETE FROM cart_lines ${where}`, shopper, product);
      else {
        this.#database.run(
          `INSERT INTO cart_lines (shopper, product, quantity) VALUES (?, ?, ?)
           ON CONFLICT (shopper, product) DO UPDATE SET quantity = excluded.quantity`,
          shopper,
          product,
          quantity,
        );
      }
      this.#database.run("UPDATE shoppers SET expires_at = ? WHERE id = ?", this.#expiry(), shopper);
    });
  }

  /** The cart at today's prices. */
  lines(shopper: string | undefined): Line[] {
    if (!shopper) return [];
    const sql = "SELECT product, quantity FROM cart_lines WHERE shopper = ?";
    const rows = this.#database.all<{ product: string; quantity: number }>(sql, shopper);
    return priceLines(new Map(rows.map(({ product, quantity }) => [product, quantity])));
  }

  /** The last order created from the cart, until it is paid. */
  orderId(shopper: string): string | undefined {
    const sql = "SELECT order_id FROM shoppers WHERE id = ?";
    return this.#database.get<{ order_id: string | null }>(sql, shopper)?.order_id ?? undefined;
  }

  setOrderId(shopper: string, orderId: string): void {
    this.#database.run("UPDATE shoppers SET order_id = ? WHERE id = ?", orderId, shopper);
  }

  /** Removes what has been bought, once: products added during the payment stay. */
  takeOut({ shopper, id, lines }: { shopper: string; id: string; lines: readonly Line[] }): void {
    const sql = "UPDATE shoppers SET order_id = NULL WHERE id = ? AND order_id = ?";
    if (this.#database.run(sql, shopper, id) === 0) return;
    const where = "WHERE shopper = ? AND product = ?";
    for (const { id: product, quantity } of lines) {
      this.#database.run(`DELETE FROM cart_lines ${where} AND quantity <= ?`, shopper, product, quantity);
      this.#database.run(
        `UPDATE cart_lines SET quantity = quantity - ? ${where}`,
        quantity,
        shopper,
        product,
      );
    }
  }

  #expiry(): number {
    return this.#now() + cartLifetime * 1000;
  }
}

/** The browser sent something that cannot be put into a cart; the message is for the shopper. */
export class InvalidCart extends Error {}
