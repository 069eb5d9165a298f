// @ts-check
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Queue } from "./queue.js";

/** @typedef {import("./order.js").Order} Order */

/**
 * @typedef {object} Cart
 * @property {Record<string, number>} quantities product id to quantity
 * @property {string} [orderId] the order that was last made of this cart
 */

/** @typedef {{ lastNumber: number, orders: Record<string, Order>, carts: Record<string, Cart> }} Data */

/**
 * Orders and carts in one plain file.
 *
 * All of it is held in memory; every change is written to a second file that then takes the first one's place, so that
 * a crash leaves either the old orders or the new ones, never half of them. One process at a time may use a file.
 */
export class Store {
  #file;
  #data;
  #queue = new Queue();
  /** @type {Promise<void> | undefined} */
  #waiting;

  /**
   * @param {string} file
   * @param {Data} data
   */
  constructor(file, data) {
    this.#file = file;
    this.#data = data;
  }

  /** @param {string} file is made, with its folder, when it is not there */
  static async open(file) {
    await mkdir(dirname(file), { recursive: true });
    return new Store(file, await read(file));
  }

  /** @returns {Order[]} newest first */
  orders() {
    return Object.values(this.#data.orders).reverse();
  }

  /** @param {string} id */
  order(id) {
    return Object.hasOwn(this.#data.orders, id) ? this.#data.orders[id] : undefined;
  }

  /** @param {string} sessionId */
  orderOfSession(sessionId) {
    return this.orders().find((order) => order.sessions.some((session) => session.id === sessionId));
  }

  /**
   * Gives the order the next number and keeps it.
   *
   * @param {(id: string) => Order} make
   */
  async addOrder(make) {
    const id = `order-${String(++this.#data.lastNumber).padStart(3, "0")}`;
    const order = make(id);
    this.#data.orders[id] = order;
    await this.save();
    return order;
  }

  /**
   * Works on an order alone: whoever else wants to change it waits. What was changed is on disk when this resolves.
   *
   * @template T
   * @param {string} id
   * @param {(order: Order) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async change(id, work) {
    return this.#queue.run(`order ${id}`, async () => {
      const order = this.order(id);
      if (!order) throw new Error(`There is no order ${id}.`);
      const before = JSON.stringify(order);
      try {
        return await work(order);
      } finally {
        if (JSON.stringify(order) !== before) await this.save();
      }
    });
  }

  /**
   * Lets one request of a shopper at a time make sessions, so that two tabs cannot make two.
   *
   * @template T
   * @param {string} shopper
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async alone(shopper, work) {
    return this.#queue.run(`shopper ${shopper}`, work);
  }

  /** @param {string} shopper */
  cart(shopper) {
    return Object.hasOwn(this.#data.carts, shopper) ? this.#data.carts[shopper] : undefined;
  }

  /**
   * @param {string} shopper
   * @param {Cart | undefined} cart none: the cart is emptied
   */
  async setCart(shopper, cart) {
    if (cart && Object.keys(cart.quantities).length > 0) this.#data.carts[shopper] = cart;
    else delete this.#data.carts[shopper];
    await this.save();
  }

  /** Writes what is in memory. Calls made while one is waiting for its turn share it. */
  save() {
    this.#waiting ??= this.#queue.run("file", async () => {
      this.#waiting = undefined;
      await replace(this.#file, JSON.stringify(this.#data, null, 2));
    });
    return this.#waiting;
  }
}

/**
 * @param {string} file
 * @returns {Promise<Data>}
 */
async function read(file) {
  /** @type {string} */
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { lastNumber: 0, orders: {}, carts: {} };
    }
    throw error;
  }
  try {
    const data = JSON.parse(text);
    if (!Number.isInteger(data.lastNumber) || !data.orders || !data.carts) throw new Error("no orders in it");
    return data;
  } catch (cause) {
    throw new Error(`${file} does not hold a shop's orders. Repair it, or move it away to begin with none.`, {
      cause,
    });
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
async function replace(file, text) {
  const next = `${file}.next`;
  const handle = await open(next, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}
