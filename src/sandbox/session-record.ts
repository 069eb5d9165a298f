import type { Address } from "../dintero/address.ts";
import type { Feed } from "./feed.ts";
import type { PageDirectives, PageEvent, PageOutcome } from "./page-api.ts";
import type { Session } from "./session.ts";
import type { Transaction } from "./transaction.ts";
import type { PendingOperation } from "./pending-operation.ts";

/** Without the number, which the feed gives. */
type Unnumbered<T> = T extends unknown ? Omit<T, "seq"> : never;

/** The part of a record that is kept over a restart. */
export interface SavedSession {
  session: Session;
  transaction?: Transaction | undefined;
  outcome: PageOutcome | null;
  /** The option that the shopper chose; stays chosen over an update as long as it is offered. */
  shippingLine?: string | undefined;
  /** The merchant's address callback answered with an empty list. */
  undeliverable: boolean;
  /** Made by `POST /sessions/payment-token`: saves a card of this `payment_product_type` and takes no money. */
  savesCardOnly?: string | undefined;
  /** Made by `/_sandbox/checkout`, for any page that wanted it. */
  standIn?: boolean | undefined;
  /** Authorized, but the automatic capture failed: the callback comes with the capture. */
  awaitsCapture?: boolean | undefined;
  /** Captures, refunds and voids that were accepted (202) and are not done yet. */
  pending?: readonly PendingOperation[] | undefined;
  /** `Dintero-System-…` of the request that created it. */
  systemHeaders?: Readonly<Record<string, string>> | undefined;
}

/** A session with the sandbox's own data about it. */
export interface SessionRecord extends SavedSession {
  directives: PageDirectives;
  expiryReported: boolean;
  /** Submitted while the merchant's page answers `AddressCallback`; not stored before it agrees. */
  addressInQuestion?: Address | undefined;
  readonly feed: Feed<Unnumbered<PageEvent>>;
}
