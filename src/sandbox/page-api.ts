import type { Address } from "../dintero/address.ts";
import type { Session } from "./session.ts";

/*
 * The protocol between the hosted page and the sandbox, as JSON on the sandbox's own origin,
 * below `/_sandbox/page/sessions/{sid}`. Refusals are `{"error":{"code","message"}}` with 4xx:
 *
 *   GET  ""                → PageView               404 session_not_found | session_expired → post SessionNotFound
 *   POST "/pay"            PayRequest → PageOutcome 409 session_locked | session_ended, 422 payment_rejected
 *   POST "/cancel"         → PageOutcome (SessionCancel)
 *   POST "/lock"           → LockAnswer             409 lock_refused → post SessionLockFailed
 *   POST "/refresh"        → PageView               404 → post SessionNotFound, else post SessionUpdated
 *   POST "/address"        AddressRequest → PageView    422 address_callback_failed
 *   POST "/address-result" AddressResultRequest → PageView: ends the lock of a client-side address callback
 *   POST "/discount"       DiscountRequest → PageView   422 discount_callback_failed
 *   POST "/shipping-option" ShippingOptionRequest → PageView
 *   GET  "/events?after=N&wait=MS" → PageEvents: answers at once when there are events with seq > N, else waits
 *                          up to MS (default 20000, 0 = never) and answers an empty list. Begin with `view.seq`.
 */

/** How a payment method looks on the page. `zero`: there is nothing to pay. `other`: named by its `payment_product_type`. */
export type PaymentKind =
  | "card"
  | "vipps"
  | "swish"
  | "mobilepay"
  | "klarna"
  | "invoice"
  | "applepay"
  | "googlepay"
  | "zero"
  | "other";

export interface PaymentMethod {
  readonly kind: PaymentKind;
  /** Dintero's name, as the merchant reads it: `payex.creditcard`, `vipps`, `swish.swish`. */
  readonly payment_product_type: string;
}

/** A card that a customer saved, without the token itself: the merchant's server holds that. */
export interface SavedCard {
  readonly payment_token_id: string;
  readonly payment_product_type: string;
  readonly brand: string;
  readonly masked_pan: string;
  /** `MM/YYYY`. */
  readonly expiry_date: string;
}

/** `opt_in` is not ticked at first, `opt_out` is. */
export type SaveCardCheckbox = "opt_in" | "opt_out";

/** What has to be given before an express order can be paid. */
export type Missing = "shipping_address" | "shipping_option";

/** Whether the order can be delivered. `unknown` until an address was given, `none` = "we do not ship there". */
export type Deliverability = "not_required" | "unknown" | "available" | "none";

/** Everything the hosted page needs to draw itself. */
export interface PageView {
  /** Handed to the merchant's page as it is, in SessionLoaded and SessionUpdated. Paying and editing are off while it has a `pay_lock`. Has no `order` under the fault `without_order`. */
  readonly session: Session | (Omit<Session, "order"> & { readonly order?: never });
  readonly payment_methods: readonly PaymentMethod[];
  readonly delivery: Deliverability;
  /** What the shopper has to give before the order can be paid: empty for a session that is not express. */
  readonly missing: readonly Missing[];
  /** Cards that the session's `customer.tokens` name: offered first; paying sends their `payment_token_id`. */
  readonly saved_cards: readonly SavedCard[];
  /** `save_card`: the page saves a card and takes no money (`POST /sessions/payment-token`). */
  readonly purpose: "payment" | "save_card";
  /** The card that is paid with is saved for later payments: the page shows it. */
  readonly saves_card: boolean;
  /** Whether the shopper decides on it, and what is proposed; null where they do not. */
  readonly save_card_checkbox: SaveCardCheckbox | null;
  readonly checkboxes: readonly Checkbox[];
  /** How many discount codes the shopper may give; null where the session takes none. */
  readonly discount_codes: { readonly max_count: number } | null;
  /** Set when the session has already ended: show it, link back to the shop, take no payment. */
  readonly outcome: PageOutcome | null;
  readonly directives: PageDirectives;
  /** Number of the last event that this view already holds. */
  readonly seq: number;
}

/**
 * What the shopper (of the sandbox) wants to happen. `rejected`: this attempt fails, and the session stays open for
 * another (422 `payment_rejected`). `unauthorized`: failed to authorize, as in 3-D Secure.
 * `capture_failed`: authorized, and then the automatic capture fails; only with `configuration.auto_capture`.
 */
export type PayOutcome = (typeof payOutcomes)[number];

/** Those that end the session. */
export type FinalOutcome = Exclude<PayOutcome, "rejected">;

export const payOutcomes = [
  "authorized",
  "on_hold",
  "rejected",
  "declined",
  "failed",
  "unauthorized",
  "capture_failed",
] as const;

export interface PayRequest {
  readonly payment_product_type: string;
  readonly outcome: PayOutcome;
  /** The sandbox keeps the last four digits. */
  readonly card?: { readonly number: string; readonly expiry?: string };
  /** A saved card instead of a new one. */
  readonly payment_token_id?: string;
  readonly phone_number?: string;
  /** Whether the shopper wants the card to be saved, where the session lets them decide. */
  readonly save_card?: boolean;
  /** The shopper's answers to the session's checkboxes, by their ids. */
  readonly checkboxes?: Readonly<Record<string, boolean>>;
  /** Any id of this page, by which it recognizes its own events. */
  readonly page?: string;
}

/** One of a session's `checkboxes`, which the shopper answers. */
export interface Checkbox {
  readonly id: string;
  readonly label: string;
  readonly checked?: boolean;
  readonly required?: boolean;
  readonly link?: { readonly url: string; readonly text: string };
}

/** The outcome of a session. `type` is the message to post; `href` is the return url with its parameters. */
export type PageOutcome =
  | {
      readonly type: "SessionPaymentAuthorized" | "SessionPaymentOnHold";
      readonly transaction_id: string;
      readonly merchant_reference: string;
      readonly href: string;
    }
  | {
      readonly type: "SessionPaymentError";
      readonly error: "authorization" | "failed" | "capture";
      readonly merchant_reference: string;
      readonly href: string;
    }
  | { readonly type: "SessionCancel"; readonly merchant_reference: string; readonly href: string };

export interface LockAnswer {
  readonly pay_lock_id: string;
}

export interface AddressRequest {
  readonly address: Address;
  /**
   * The page has `client_side_address_callback=true`: the session is locked, the merchant's server is not called, and the
   * address is not stored before the merchant's page agrees (`POST "/address-result"`). The view's session carries it.
   */
  readonly client_side?: boolean;
}

/** What the merchant's page answered to `AddressCallback`. */
export interface AddressResultRequest {
  readonly success: boolean;
}

export interface DiscountRequest {
  readonly codes: readonly string[];
}

export interface ShippingOptionRequest {
  /** Unique among the options; their `id` only groups them. */
  readonly line_id: string;
}

export type PageErrorCode =
  | "session_not_found"
  | "session_expired"
  | "session_locked"
  | "session_ended"
  | "lock_refused"
  | "payment_rejected"
  | "invalid_request"
  | "address_callback_failed"
  | "discount_callback_failed";

/** Faults that the page itself plays. */
export interface PageDirectives {
  /** Draws itself and posts nothing. */
  readonly silent?: boolean;
  /** Posts every message twice. */
  readonly duplicate?: boolean;
  /** Posts messages in pairs, the later one first; a lonely one after 300 ms. */
  readonly reorder?: boolean;
  /** Waits so long, in ms, before each message. */
  readonly delay?: number;
  /** Types of message that are never posted. */
  readonly mute?: readonly string[];
}

/** A change of the session outside this page. */
export type PageEvent = { readonly seq: number } & (
  | { readonly type: "changed" }
  | { readonly type: "expired" }
  /** Paid, failed or cancelled: here (`page` is one's own id), in another window, or by the merchant. */
  | { readonly type: "ended"; readonly outcome: PageOutcome; readonly page?: string }
  | { readonly type: "directives"; readonly directives: PageDirectives }
  /** Post exactly this to the merchant's page (`sid` is added where it is missing). */
  | { readonly type: "post"; readonly message: Readonly<Record<string, unknown>> }
);

export interface PageEvents {
  readonly events: readonly PageEvent[];
}
