import { accountOf } from "../../dintero/ids.ts";
import { SandboxError } from "../errors.ts";
import { randomId } from "../ids.ts";
import type { SaveCardCheckbox, SavedCard } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { TransactionCard } from "../transaction.ts";

/** A saved card with the tokens that pay with it. */
export interface CardToken extends SavedCard {
  /** A deleted one pays no more. */
  readonly status: "ACTIVE" | "DELETED";
  readonly account: string;
  readonly customer_id?: string;
  readonly created_at: string;
  readonly payment_token: string;
  readonly recurrence_token: string;
  readonly type: string;
  readonly country: string;
}

type Settings = Readonly<Record<string, unknown>> | undefined;

/** Cards that customers saved. `configuration.<provider>.creditcard.generate_payment_token` makes one of a payment. */
export class SavedCards {
  readonly #cards = new Map<string, CardToken>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param payment_product_type of the payment that saved it */
  save(
    { id, customer }: Session,
    card: TransactionCard,
    payment_product_type: string,
    created_at: string,
  ): CardToken {
    const saved: CardToken = {
      ...card,
      ...(customer?.customer_id !== undefined && { customer_id: customer.customer_id }),
      status: "ACTIVE",
      account: accountOf(id),
      created_at,
      payment_product_type,
      payment_token_id: randomId(),
      payment_token: randomId(32),
      recurrence_token: randomId(32),
    };
    this.add(saved);
    this.#onChange();
    return saved;
  }

  /** Takes a card in, as it came from a state file. */
  add(card: CardToken): void {
    this.#cards.set(card.payment_token_id, card);
  }

  get(id: string | undefined): CardToken | undefined {
    return id === undefined ? undefined : this.#cards.get(id);
  }

  /** A card of the account, or 404. */
  require(id: string, account: string): CardToken {
    const card = this.get(id);
    if (card?.account !== account)
      throw new SandboxError(404, "card_token_not_found", "There is no such card token");
    return card;
  }

  /** Nothing can be paid with it any more. */
  delete(id: string): CardToken {
    const deleted: CardToken = { ...this.#cards.get(id)!, status: "DELETED" };
    this.add(deleted);
    this.#onChange();
    return deleted;
  }

  /** The card that one of its two tokens pays with. */
  find(token: unknown): CardToken | undefined {
    for (const card of this.#cards.values())
      if (card.status !== "DELETED" && (card.payment_token === token || card.recurrence_token === token))
        return card;
    return undefined;
  }

  /** Cards that a session names in `customer.tokens`. */
  of({ customer }: Session): readonly CardToken[] {
    const tokens = Object.values(customer?.tokens ?? {});
    return tokens.flatMap(
      ({ payment_token, recurrence_token }) => this.find(payment_token ?? recurrence_token) ?? [],
    );
  }

  [Symbol.iterator](): Iterator<CardToken> {
    return this.#cards.values();
  }

  clear(): void {
    this.#cards.clear();
  }
}

/** The part of a saved card that the page may show. */
export function withoutTokens(card: CardToken): SavedCard {
  const { payment_token_id, payment_product_type, brand, masked_pan, expiry_date } = card;
  return { payment_token_id, payment_product_type, brand, masked_pan, expiry_date };
}

/** A saved card as the merchant reads it. Its tokens come only with a transaction, by `includes`. */
export function readableToken(saved: CardToken): object {
  const { payment_token_id: id, payment_product_type, status, customer_id, created_at } = saved;
  const { brand, masked_pan, expiry_date, type, country } = saved;
  return {
    ...{ id, status, payment_product_type, created_at },
    ...(customer_id !== undefined && { customer_id }),
    card: { brand, masked_pan, expiry_date, type, country },
  };
}

/** Whether a card that is paid with is saved: the session requests a payment token of this payment method. */
export function generatesToken({ configuration }: Session, payment_product_type: string): boolean {
  const [provider = "", method = ""] = payment_product_type.split(".");
  const settings = (configuration?.[provider] as Settings)?.[method] as Settings;
  return settings?.["generate_payment_token"] === true;
}

/** Whether the shopper decides on it, by `generate_payment_token_config.save_card_checkbox`. */
export function saveCardCheckbox(
  { configuration }: Session,
  payment_product_type: string,
): SaveCardCheckbox | null {
  const [provider = "", method = ""] = payment_product_type.split(".");
  const settings = (configuration?.[provider] as Settings)?.[method] as Settings;
  const choice = (settings?.["generate_payment_token_config"] as Settings)?.["save_card_checkbox"];
  return choice === "opt_in" || choice === "opt_out" ? choice : null;
}

/** The card as a transaction shows it. Without typed values it is Dintero's test card. */
export function cardOf({
  number,
  expiry,
}: {
  readonly number: string;
  readonly expiry?: string;
}): TransactionCard {
  const digits = number.replace(/\D/g, "");
  return {
    brand: digits.startsWith("5") ? "Mastercard" : "Visa",
    masked_pan: `${digits.slice(0, 6)}******${digits.slice(-4)}`,
    expiry_date: fullExpiry(expiry),
    type: "Debit",
    country: "NOR",
  };
}

/** The card that tests pay with where they name none. */
export const testCard = { number: "4925 0000 0000 0004", expiry: "12/30" };

/** `MM/YYYY` of what a shopper types, `MM/YY`. */
function fullExpiry(expiry = testCard.expiry): string {
  const [month = "", year = ""] = expiry.split("/").map((part) => part.trim());
  return `${month.padStart(2, "0")}/${year.length === 2 ? `20${year}` : year}`;
}
