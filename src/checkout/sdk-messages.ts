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
import type { Panel } from "./panels.ts";
import { stateOfSession, type CheckoutState } from "./state.ts";

/** The types of the SDK's messages that the element handles. */
const sdkMessageTypes = [
  "SessionLoaded",
  "SessionUpdated",
  "SessionNotFound",
  "SessionPaymentAuthorized",
  "SessionPaymentOnHold",
  "SessionPaymentError",
  "SessionCancel",
  "SessionLocked",
  "SessionLockFailed",
  "ActivePaymentProductType",
] as const;

export type SdkMessageType = (typeof sdkMessageTypes)[number];

/** Null for a type that only newer SDKs know. */
export function sdkMessageType(type: string | null): SdkMessageType | null {
  return sdkMessageTypes.find((known) => known === type) ?? null;
}

/** A message of the SDK, its fields checked. */
export interface SdkMessage {
  readonly type: SdkMessageType;
  /** Null when the session arrived without an order, as expired ones can. */
  readonly session: Session | null;
  readonly transactionId: string;
  readonly merchantReference: string;
  readonly href: string | null;
  readonly error: string;
  readonly payLockId: string;
  readonly paymentProductType: string | null;
}

/** What a message means for the element. */
export interface MessageEffect {
  readonly event: Event;
  readonly state?: CheckoutState;
  /** Shown when nothing is followed. */
  readonly panel?: Panel | null;
}

/** The event, the state and the panel that a message leads to. */
export function effectOf(message: SdkMessage, fromOtherTab: boolean): MessageEffect {
  const { type, session, href } = message;
  switch (type) {
    case "SessionLoaded":
    case "SessionUpdated":
      if (!session) return sessionNotFound();
      return {
        event: new SessionEvent(session, type === "SessionUpdated" ? "updated" : "loaded"),
        state: stateOfSession(session),
      };
    case "SessionNotFound":
      return sessionNotFound();
    case "SessionPaymentAuthorized":
      return payment(message, "authorized", fromOtherTab);
    case "SessionPaymentOnHold":
      return payment(message, "on-hold", fromOtherTab);
    case "SessionPaymentError":
      return {
        event: new PaymentErrorEvent(message.error, href),
        state: "failed",
        panel: fromOtherTab ? "failedElsewhere" : "failed",
      };
    case "SessionCancel":
      return {
        event: new CancelEvent(href),
        state: "cancelled",
        panel: fromOtherTab ? "cancelledElsewhere" : "cancelled",
      };
    case "SessionLocked":
      return { event: new SessionLockedEvent(message.payLockId), state: "locked" };
    case "SessionLockFailed":
      return { event: new SessionLockFailedEvent() };
    case "ActivePaymentProductType":
      return { event: new PaymentTypeEvent(message.paymentProductType) };
  }
}

function sessionNotFound(): MessageEffect {
  return { event: new SessionNotFoundEvent(), state: "expired", panel: "expired" };
}

function payment(
  { transactionId, merchantReference, href }: SdkMessage,
  status: "authorized" | "on-hold",
  fromOtherTab: boolean,
): MessageEffect {
  const isPaid = status === "authorized";
  const elsewhere = isPaid ? "paidElsewhere" : "onHoldElsewhere";
  return {
    event: new PaymentEvent(status, transactionId, merchantReference, href),
    state: isPaid ? "paid" : "on-hold",
    panel: fromOtherTab ? elsewhere : null,
  };
}

const messageTypes: Readonly<Record<VerifiedResult["status"], SdkMessageType>> = {
  paid: "SessionPaymentAuthorized",
  "on-hold": "SessionPaymentOnHold",
  failed: "SessionPaymentError",
  cancelled: "SessionCancel",
};

/** The message that the frame would have sent for a result of another tab. */
export function messageOfResult({ status, transactionId, merchantReference }: VerifiedResult): SdkMessage {
  return {
    type: messageTypes[status],
    session: null,
    transactionId: transactionId ?? "",
    merchantReference: merchantReference ?? "",
    href: null,
    error: status,
    payLockId: "",
    paymentProductType: null,
  };
}

/** Whether a result of another tab belongs to this session. The reference decides where the result has no session id. */
export function belongsTo(result: VerifiedResult, id: string | undefined, session: Session | null): boolean {
  return result.sessionId
    ? result.sessionId === id
    : result.merchantReference === session?.order.merchant_reference;
}
