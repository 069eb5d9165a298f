// @ts-check
import { createDinteroClient } from "dintero-checkout-element/server";
import { features } from "../settings.js";
import { BackOffice } from "./back-office.js";
import { Checkout } from "./checkout.js";
import { isUnsettled } from "./order.js";
import { reason } from "./reason.js";
import { Settlement } from "./settlement.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("../settings.js").Settings} Settings */
/** @typedef {import("../settings.js").Dintero} Dintero */

/** The shop's parts put together. */
export class Shop {
  /**
   * @param {object} parts
   * @param {Settings} parts.settings
   * @param {Dintero} parts.dintero as in the settings, or the sandbox
   * @param {string | undefined} parts.signatureSecret
   * @param {Store} parts.store
   * @param {string} parts.localUrl where the shop itself listens
   * @param {(line: string) => void} [parts.log]
   * @param {typeof fetch} [parts.fetch] reaches Dintero
   */
  constructor({ settings, dintero, signatureSecret, store, localUrl, log = console.log, fetch }) {
    this.features = features(settings);
    this.publicUrl = settings.publicUrl;
    this.officePassword = settings.officePassword;
    this.signatureSecret = signatureSecret;
    this.store = store;
    this.log = log;
    this.localUrl = localUrl;
    /** The address that shoppers and Dintero use. */
    this.origin = settings.publicUrl ?? localUrl;
    this.checkoutOrigin = dintero.checkoutUrl ?? "https://checkout.dintero.com";
    this.client = createDinteroClient({
      ...dintero,
      fetch,
      system: { name: "fjord-and-fell", version: "1.0.0" },
    });
    /** No real money moves. */
    this.test = this.client.testMode || !settings.dintero;
    this.settlement = new Settlement({ client: this.client, store });
    this.checkout = new Checkout({
      client: this.client,
      store,
      settlement: this.settlement,
      addresses: (order) => this.#addresses(order),
      profileId: settings.profileId,
    });
    this.office = new BackOffice({
      client: this.client,
      store,
      settlement: this.settlement,
      checkout: this.checkout,
    });
  }

  /** What a browser may call the shop. */
  origins() {
    return [this.origin, this.localUrl, this.localUrl.replace("localhost", "127.0.0.1")];
  }

  /**
   * Somebody looks at an order: a reason to ask Dintero, but none to fail when it does not answer.
   *
   * @param {string} orderId
   * @param {string} [transactionId]
   * @param {boolean} [refresh]
   * @returns {Promise<string | undefined>} why what is shown may be old
   */
  look = async (orderId, transactionId, refresh = false) => {
    try {
      await this.settlement.settle(orderId, { transactionId, refresh });
      return undefined;
    } catch (error) {
      this.log(`${orderId} could not be looked up: ${reason(error)}`);
      return "Dintero did not answer: what you see may be old.";
    }
  };

  /** At start: a callback may have come while nobody was there. */
  async catchUp() {
    const unsettled = this.store.orders().filter(isUnsettled);
    for (const order of unsettled) {
      const before = order.status;
      if (await this.look(order.id)) return;
      if (order.status !== before) this.log(`${order.id} is ${order.status} now.`);
    }
  }

  /** @param {{ id: string, flow: string }} order */
  #addresses({ id, flow }) {
    const { origin } = this;
    const callback = new URL("/dintero/callback?report_error=true", origin);
    for (const event of ["CAPTURE", "REFUND", "VOID"]) callback.searchParams.append("report_event", event);
    return {
      url: {
        return_url: `${origin}/thanks/${id}`,
        ...(this.features.callbacks ? { callback_url: callback.href } : {}),
      },
      ...(flow === "express"
        ? {
            express: {
              shipping_options: [],
              shipping_mode: /** @type {const} */ ("shipping_required"),
              customer_types: [/** @type {const} */ ("b2c")],
              shipping_address_callback_url: `${origin}/dintero/address`,
              discount_codes: { max_count: 1, callback_url: `${origin}/dintero/discounts` },
            },
          }
        : {}),
    };
  }
}
