import type { Address } from "../../dintero/address.ts";
import type { ExpressAnswer } from "../../dintero/express.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import { SandboxError } from "../errors.ts";
import { parseExpressAnswer } from "../requests.ts";
import { applyExpressAnswer } from "./express-answer.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Sessions } from "./sessions.ts";
import { findOption, withShipping } from "./shipping.ts";

/** The merchant has so long, in ms, to answer an address or a discount code. Nothing is retried. */
const expressTimeout = 60_000;

export interface ExpressOptions {
  readonly sessions: Sessions;
  readonly deliveries: Deliveries;
  /** Called when the merchant's answer broke the rule for `order.amount`. */
  readonly onCorrection: (record: SessionRecord, text: string) => void;
}

/** What a shopper does in an express checkout, and what the merchant's server answers to it. */
export class ExpressCheckout {
  readonly #sessions: Sessions;
  readonly #deliveries: Deliveries;
  readonly #onCorrection: ExpressOptions["onCorrection"];

  constructor({ sessions, deliveries, onCorrection }: ExpressOptions) {
    this.#sessions = sessions;
    this.#deliveries = deliveries;
    this.#onCorrection = onCorrection;
  }

  /** Stores the shopper's address, and requests the options for it from the merchant's server. */
  async submitAddress(record: SessionRecord, address: Address): Promise<void> {
    this.#storeAddress(record, address);
    await this.askForOptions(record);
  }

  /** Locks the session and keeps the address aside, while the merchant's page answers `AddressCallback`. */
  submitAddressToPage(record: SessionRecord, address: Address): void {
    this.#sessions.lock(record);
    record.addressInQuestion = address;
  }

  /** The merchant's page has answered: the address is stored or dropped, and the lock ends. */
  finishAddressCallback(record: SessionRecord, success: boolean): void {
    this.#sessions.requireOpen(record);
    const address = record.addressInQuestion;
    record.addressInQuestion = undefined;
    if (success && address) this.#storeAddress(record, address);
    this.#sessions.unlock(record);
  }

  /**
   * Requests the options for the session's address from the merchant's server.
   *
   * @returns whether there was an address, and a server to request the options from
   */
  async askForOptions(record: SessionRecord): Promise<boolean> {
    const { express, order } = record.session;
    const url = express?.shipping_address_callback_url;
    if (url === undefined || !order.shipping_address) return false;
    await this.#call(record, "address", url);
    return true;
  }

  chooseOption(record: SessionRecord, lineId: string): void {
    const option = findOption(record.session.express?.shipping_options, lineId);
    if (!option) throw new SandboxError(400, "invalid_request", "That shipping option is not offered");
    record.shippingLine = lineId;
    this.#sessions.change(
      record,
      { order: withShipping(record.session.order, option) },
      { name: "SET_SHIPPING_OPTION", details: { shipping_option: option } },
    );
  }

  /** Hands the shopper's codes to the merchant's server, which answers with a reduced order. */
  async submitDiscountCodes(record: SessionRecord, codes: readonly string[]): Promise<void> {
    const limits = discountCodesOf(record);
    if (!limits) throw new SandboxError(400, "invalid_request", noDiscountCodes);
    if (codes.length > limits.max_count)
      throw new SandboxError(
        400,
        "invalid_request",
        `At most ${limits.max_count} discount codes can be given`,
      );
    const former = record.session.order;
    this.#sessions.change(
      record,
      { order: { ...former, discount_codes: codes } },
      { name: "SET_DISCOUNT_CODES", details: { discount_codes: codes } },
    );
    const url = record.session.express?.discount_codes?.callback_url;
    if (url === undefined) return;
    try {
      await this.#call(record, "discount", url);
    } catch (error) {
      this.#sessions.change(record, { order: former });
      throw error;
    }
  }

  #storeAddress(record: SessionRecord, address: Address): void {
    this.#sessions.change(
      record,
      { order: { ...record.session.order, shipping_address: address, billing_address: address } },
      { name: "SET_SHIPPING_ADDRESS", details: { shipping_address: address } },
      { name: "SET_BILLING_ADDRESS", details: { billing_address: address } },
    );
  }

  async #call(record: SessionRecord, about: "address" | "discount", url: string): Promise<void> {
    const request = record.session;
    const answer = await this.#deliveries.call(
      { sessionId: request.id, about, url },
      request,
      expressTimeout,
    );
    const refuse = (why: string) =>
      new SandboxError(422, `${about}_callback_failed`, `The ${about} callback ${why}`);
    if (answer.status === undefined) throw refuse(`did not answer (${answer.error})`);
    if (answer.status !== 200) throw refuse(`answered ${answer.status}, only 200 counts`);
    let parsed: ExpressAnswer;
    try {
      parsed = parseExpressAnswer(JSON.parse(answer.text));
    } catch (error) {
      throw refuse(
        error instanceof SandboxError ? `answered: ${error.errors[0]?.message}` : "answered no JSON",
      );
    }
    this.#sessions.requireOpen(record);
    const correction = applyExpressAnswer(this.#sessions, record, { request, answer: parsed });
    if (!correction) return;
    this.#deliveries.warn(answer.id, correction);
    this.#onCorrection(record, `${about} callback: ${correction}`);
  }
}

const noDiscountCodes =
  "The session takes no discount codes: that needs express.discount_codes and configuration.discounts.express_discount_codes.enabled";

/** How many discount codes the shopper may give, or null where the session takes none. */
export function discountCodesOf({ session }: SessionRecord): { readonly max_count: number } | null {
  const discounts = session.configuration?.["discounts"] as
    { readonly express_discount_codes?: { readonly enabled?: unknown } } | undefined;
  const codes = session.express?.discount_codes;
  if (!codes || discounts?.express_discount_codes?.enabled !== true) return null;
  return { max_count: codes.max_count ?? 1 };
}
