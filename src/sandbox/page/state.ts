import type { PageOutcome, PageView, PaymentMethod, PayOutcome, SavedCard } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Language } from "./language.ts";
import type { HostedPageParams } from "./params.ts";
import type { Texts } from "./texts/en.ts";

/** `waiting`: pop-out window until the merchant's page has approved. `gone`: unknown or expired. */
export type Phase = "loading" | "waiting" | "open" | "ended" | "gone" | "unreachable";

export type Busy = "validating" | "paying" | "address" | "discount" | "shipping" | "cancelling";

/** One of the page's own texts, or a text of the merchant's page or server. */
export type PageMessage =
  | { readonly key: keyof Texts; readonly values?: Readonly<Record<string, string>> }
  | { readonly text: string };

export interface State {
  readonly phase: Phase;
  readonly view: PageView | null;
  readonly language: Language;
  /** The active `payment_product_type`. */
  readonly active: string | null;
  /** The `payment_token_id` of the saved card to pay with, or null for a new card or another method. */
  readonly savedCard: string | null;
  /** The outcome of paying, as chosen in the test controls. */
  readonly outcomeToPlay: PayOutcome;
  readonly busy: Busy | null;
  /** Id of the lock that the merchant's page has requested for an update. */
  readonly lock: string | null;
  readonly problem: PageMessage | null;
  /** Which half of the page `problem` and `notice` are shown in. */
  readonly area: "delivery" | "payment";
  /** Good or neutral news for the live region. */
  readonly notice: PageMessage | null;
  readonly outcome: PageOutcome | null;
  readonly editingAddress: boolean;
  /** `closing`: the window is closed, and the page is reading why. */
  readonly popOut: "closed" | "validating" | "open" | "closing";
}

/** Where and how this document is shown. */
export interface Place extends HostedPageParams {
  readonly framed: boolean;
  readonly popOutWindow: boolean;
  readonly launcher: boolean;
}

export function firstState(language: Language, waiting: boolean): State {
  return {
    phase: waiting ? "waiting" : "loading",
    view: null,
    language,
    active: null,
    savedCard: null,
    outcomeToPlay: "authorized",
    busy: null,
    lock: null,
    problem: null,
    area: "payment",
    notice: null,
    outcome: null,
    editingAddress: false,
    popOut: "closed",
  };
}

/** The session, if it has an order: an expired one can lack it. */
export function sessionOf(state: State): Session | null {
  const session = state.view?.session;
  return session?.order ? session : null;
}

export function activeMethod(state: State): PaymentMethod | null {
  const methods = state.view?.payment_methods ?? [];
  return methods.find((method) => method.payment_product_type === state.active) ?? null;
}

export function activeSavedCard(state: State): SavedCard | null {
  return state.view?.saved_cards.find((card) => card.payment_token_id === state.savedCard) ?? null;
}

export function isLocked(state: State): boolean {
  return state.lock !== null || state.view?.session.pay_lock !== undefined;
}

/** The method that is chosen when the page opens: that of a saved card, the merchant's default, or the first. */
export function firstMethod({ session, payment_methods, saved_cards }: PageView): string | null {
  const types = payment_methods.map((method) => method.payment_product_type);
  const preferred = (session.configuration as { default_payment_type?: unknown } | undefined)
    ?.default_payment_type;
  if (saved_cards[0]) return saved_cards[0].payment_product_type;
  return types.find((type) => type === preferred) ?? types[0] ?? null;
}

/** The text for what the shopper has to do before an express order can be paid, or null. */
export function missingStep(state: State): "addressFirst" | "shippingFirst" | null {
  const missing = state.view?.missing ?? [];
  if (missing.includes("shipping_address") || state.view?.delivery === "none") return "addressFirst";
  return missing.includes("shipping_option") ? "shippingFirst" : null;
}

/** The merchant's name: where the session does not carry one, the host that the shopper returns to. */
export function merchantName(session: Session): string {
  return URL.canParse(session.url.return_url) ? new URL(session.url.return_url).host : "";
}
