import type { HostedPageParams, PageOutcome, PageView, PayOutcome, PaymentMethod } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./texts/en.ts";

/** `waiting`: pop-out window until the merchant's page has approved. `gone`: unknown or expired. */
export type Phase = "loading" | "waiting" | "open" | "ended" | "gone" | "unreachable";

export type Busy = "validating" | "paying" | "address" | "discount" | "shipping" | "cancelling";

/** One of the page's own texts, or words of the merchant's page or server. */
export type Words =
  | { readonly key: keyof Texts; readonly values?: Readonly<Record<string, string>> }
  | { readonly words: string };

export interface State {
  readonly phase: Phase;
  readonly view: PageView | null;
  readonly language: Language;
  /** The active `payment_product_type`. */
  readonly active: string | null;
  /** What the test controls say happens on paying. */
  readonly wanted: PayOutcome;
  readonly busy: Busy | null;
  /** Lock of an update in progress that the merchant's page has asked for. */
  readonly lock: string | null;
  readonly problem: Words | null;
  /** Which half of the page problem and news belong to: they are shown where the shopper's hands are. */
  readonly about: "delivery" | "payment";
  /** Good or neutral news for the live region. */
  readonly news: Words | null;
  readonly outcome: PageOutcome | null;
  readonly editingAddress: boolean;
  /** `closing`: the window is gone, and why is being asked. */
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
    wanted: "authorized",
    busy: null,
    lock: null,
    problem: null,
    about: "payment",
    news: null,
    outcome: null,
    editingAddress: false,
    popOut: "closed",
  };
}

/** The session, once it is known to hold an order: an expired one can come without. */
export function sessionOf(state: State): Session | null {
  const session = state.view?.session;
  return session?.order ? session : null;
}

export function activeMethod(state: State): PaymentMethod | null {
  const methods = state.view?.payment_methods ?? [];
  return methods.find((method) => method.payment_product_type === state.active) ?? null;
}

export function isLocked(state: State): boolean {
  return state.lock !== null || state.view?.session.pay_lock !== undefined;
}

/** Delivery is still to be settled before anything can be paid. */
export function needsDelivery(state: State): boolean {
  const session = sessionOf(state);
  if (!session?.express || !state.view || state.view.delivery === "not_required") return false;
  return state.view.delivery !== "available" || !session.order.shipping_option;
}

/** The merchant, by the only name a session carries: the host that the shopper goes back to. */
export function merchantName(session: Session): string {
  return URL.canParse(session.url.return_url) ? new URL(session.url.return_url).host : "";
}
