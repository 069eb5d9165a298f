import { ownField, ownText } from "../core/own-fields.ts";
import type { VerifiedResult } from "../elements/result-channel.ts";
import {
  CancelEvent,
  PaymentErrorEvent,
  PaymentEvent,
  PaymentTypeEvent,
  SessionEvent,
  SessionLockFailedEvent,
  SessionLockedEvent,
  SessionNotFoundEvent,
  type Session,
} from "./events.ts";
import { sessionChanges } from "./session-changes.ts";
import type { Panel } from "./shown-panel.ts";
import { stateOfSession, type CheckoutState } from "./state.ts";

/** One message of the SDK and what it means. Every field is set, so that `Object.prototype` adds nothing. */
interface MessageRow<Fields> {
  /** The SDK's handler that it arrives through. */
  readonly handler: string;
  /** What is read from the raw message. Null for a session that is gone: the message is a `SessionNotFound` then. */
  readonly read: (raw: object) => Fields | null;
  readonly event: (fields: Fields, before: Session | null) => Event;
  readonly state: CheckoutState | ((fields: Fields) => CheckoutState) | null;
  /** Shown when nothing is followed, and when it comes from another tab. */
  readonly panel: Panel | null;
  readonly panelElsewhere: Panel | null;
}

/** Lets each row infer its own fields. */
const row = <Fields extends object>(fields: MessageRow<Fields>): MessageRow<Fields> => fields;

const noPanel = { panel: null, panelElsewhere: null };

const readShown = (raw: object) => {
  const session = readSession(raw);
  return session && { session };
};
const readPayment = (raw: object) => ({
  transactionId: ownText(raw, "transaction_id"),
  merchantReference: ownText(raw, "merchant_reference"),
  href: ownText(raw, "href") || null,
});
type PaymentFields = ReturnType<typeof readPayment>;
const payment = ({ transactionId, merchantReference, href }: PaymentFields, status: PaymentEvent["status"]) =>
  new PaymentEvent(status, transactionId ?? "", merchantReference ?? "", href);

/** The messages that the element handles, one row each. */
const rows = {
  /** The session is shown for the first time. */
  SessionLoaded: row({
    handler: "onSession",
    read: readShown,
    event: ({ session }, before) => new SessionEvent(session, "loaded", sessionChanges(before, session)),
    state: ({ session }) => stateOfSession(session),
    ...noPanel,
  }),
  /** It is shown again, after an update. */
  SessionUpdated: row({
    handler: "onSession",
    read: readShown,
    event: ({ session }, before) => new SessionEvent(session, "updated", sessionChanges(before, session)),
    state: ({ session }) => stateOfSession(session),
    ...noPanel,
  }),
  /** It is unknown or expired. */
  SessionNotFound: row({
    handler: "onSessionNotFound",
    read: () => ({}),
    event: () => new SessionNotFoundEvent(),
    state: "expired",
    panel: "expired",
    panelElsewhere: null,
  }),
  /** The payment is authorized. */
  SessionPaymentAuthorized: row({
    handler: "onPaymentAuthorized",
    read: readPayment,
    event: (fields) => payment(fields, "authorized"),
    state: "paid",
    panel: null,
    panelElsewhere: "paidElsewhere",
  }),
  /** It is on hold for more checks. */
  SessionPaymentOnHold: row({
    handler: "onPayment",
    read: readPayment,
    event: (fields) => payment(fields, "on-hold"),
    state: "on-hold",
    panel: null,
    panelElsewhere: "onHoldElsewhere",
  }),
  /** It failed. */
  SessionPaymentError: row({
    handler: "onPaymentError",
    read: (raw) => ({ error: ownText(raw, "error") ?? "", href: ownText(raw, "href") || null }),
    event: ({ error, href }) => new PaymentErrorEvent(error, href),
    state: "failed",
    panel: "failed",
    panelElsewhere: "failedElsewhere",
  }),
  /** The shopper cancelled it. */
  SessionCancel: row({
    handler: "onSessionCancel",
    read: (raw) => ({ href: ownText(raw, "href") || null }),
    event: ({ href }) => new CancelEvent(href),
    state: "cancelled",
    panel: "cancelled",
    panelElsewhere: "cancelledElsewhere",
  }),
  /** The session is locked for an update. */
  SessionLocked: row({
    handler: "onSessionLocked",
    read: (raw) => ({ payLockId: ownText(raw, "pay_lock_id") ?? "" }),
    event: ({ payLockId }) => new SessionLockedEvent(payLockId),
    state: "locked",
    ...noPanel,
  }),
  /** It could not be locked. */
  SessionLockFailed: row({
    handler: "onSessionLockFailed",
    read: () => ({}),
    event: () => new SessionLockFailedEvent(),
    state: null,
    ...noPanel,
  }),
  /** The shopper chose another payment type, or none. */
  ActivePaymentProductType: row({
    handler: "onActivePaymentType",
    read: (raw) => ({ paymentProductType: ownText(raw, "payment_product_type") || null }),
    event: ({ paymentProductType }) => new PaymentTypeEvent(paymentProductType),
    state: null,
    ...noPanel,
  }),
};

type Rows = typeof rows;
type FieldsOf<Row> = Row extends MessageRow<infer Fields> ? Fields : never;

export type SdkMessageType = keyof Rows;

/** A message of the SDK, its fields checked. */
export type SdkMessage = {
  [Type in SdkMessageType]: { readonly type: Type } & Readonly<FieldsOf<Rows[Type]>>;
}[SdkMessageType];

/** The SDK's handlers that these messages arrive through. */
export const messageHandlers: ReadonlySet<string> = new Set(
  Object.values(rows).map(({ handler }) => handler),
);

/** The SDK passes on what the frame sent, unchecked. Null for a message of a newer SDK, which has no effect here. */
export function readMessage(raw: object): SdkMessage | null {
  const type = ownText(raw, "type");
  if (type === null || !Object.hasOwn(rows, type)) return null;
  const fields = rows[type as SdkMessageType].read(raw);
  // A row's fields belong to its type, which TypeScript does not follow through the table.
  return (fields ? { type, ...fields } : { type: "SessionNotFound" }) as SdkMessage;
}

/** The session in a message. Null when it has no order, as expired ones can. */
export function readSession(raw: object): Session | null {
  const session = ownField(raw, "session");
  const order = ownField(session, "order");
  return typeof order === "object" && order !== null ? (session as Session) : null;
}

/** What a message means for the element. */
export interface MessageEffect {
  readonly event: Event;
  readonly state: CheckoutState | null;
  readonly session: Session | null;
  /** Where the browser goes, unless the event is prevented. */
  readonly href: string | null;
  /** Shown when nothing is followed. */
  readonly panel: Panel | null;
}

/** The event, the state and the panel that a message leads to. `before` is the session shown before it. */
export function effectOf(
  message: SdkMessage,
  { before, fromOtherTab }: { readonly before: Session | null; readonly fromOtherTab: boolean },
): MessageEffect {
  const { event, state, panel, panelElsewhere } = rows[message.type] as MessageRow<object>;
  return {
    event: event(message, before),
    state: typeof state === "function" ? state(message) : state,
    session: readSession(message),
    href: ownText(message, "href"),
    panel: fromOtherTab ? panelElsewhere : panel,
  };
}

/** The message that the frame would have sent for a result of another tab. */
export function messageOfResult({ status, transactionId, merchantReference }: VerifiedResult): SdkMessage {
  switch (status) {
    case "paid":
      return { type: "SessionPaymentAuthorized", transactionId, merchantReference, href: null };
    case "on-hold":
      return { type: "SessionPaymentOnHold", transactionId, merchantReference, href: null };
    case "failed":
      return { type: "SessionPaymentError", error: status, href: null };
    case "cancelled":
      return { type: "SessionCancel", href: null };
  }
}

/** Whether a result of another tab belongs to this session. The reference decides where the result has no session id. */
export function belongsTo(result: VerifiedResult, id: string | undefined, session: Session | null): boolean {
  return result.sessionId
    ? result.sessionId === id
    : result.merchantReference === session?.order.merchant_reference;
}
