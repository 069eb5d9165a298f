import type { Customer } from "./customer.ts";
import type { Express } from "./express.ts";
import type { Order, OrderUpdate } from "./order.ts";
import type { SessionHistoryEvent } from "./session-history-event.ts";

interface SessionUrls {
  /** Where the shopper comes back to. With `channel: "in_app"` it may be an app's own link. */
  readonly return_url: string;
  /** Public HTTPS address of `createCallbackHandler`. */
  readonly callback_url?: string;
  readonly merchant_terms_url?: string;
  readonly [field: string]: unknown;
}

/** How the session is paid. What is left out comes from the profile. */
interface SessionConfiguration {
  /** Capture as soon as it is authorized. Default false. */
  readonly auto_capture?: boolean;
  /** Default `ecommerce`. */
  readonly channel?: "ecommerce" | "in_store" | "in_app" | (string & {});
  readonly default_payment_type?: string;
  /** By payment type, or wildcard such as `payex.*`. */
  readonly active_payment_types?: Readonly<Record<string, { readonly enabled?: boolean }>>;
  readonly [field: string]: unknown;
}

/** `POST /sessions-profile`. Other fields of Dintero's are sent as they are. */
export interface SessionRequest {
  readonly url: SessionUrls;
  readonly order: Order;
  /** The checkout profile, made in Dintero's Backoffice; `default` is there from the start. */
  readonly profile_id: string;
  readonly express?: Express;
  readonly customer?: Customer;
  readonly configuration?: SessionConfiguration;
  /** Values are texts or numbers; keys best begin with `ext`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly expires_at?: string;
  readonly [field: string]: unknown;
}

/** `PUT /sessions/{id}`. */
export interface SessionUpdate {
  readonly order: OrderUpdate;
  readonly express?: Express;
  /** Unlock the session, so that it can be paid. Default true. */
  readonly remove_lock?: boolean;
  readonly [field: string]: unknown;
}

/** The answer to `POST /sessions-profile`. */
export interface CreatedSession {
  readonly id: string;
  /** Dintero's own page for the session, or with `channel: "in_app"` an app's link. */
  readonly url: string;
}

/** `GET /sessions/{id}`. Times are ISO 8601. */
export interface Session extends SessionRequest {
  readonly id: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly expires_at?: string;
  readonly cancelled_at?: string;
  readonly cancelled_by?: string;
  /** Once it was paid. */
  readonly transaction_id?: string;
  readonly events?: readonly SessionHistoryEvent[];
}
