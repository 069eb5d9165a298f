import type { VerifiedResult } from "../shared/result-channel.ts";
import * as events from "./events.ts";
import type { Panel } from "./panels.ts";
import type { FrameMessage } from "./sdk.ts";
import type { CheckoutState } from "./state.ts";

/** What comes of a message: a state, an event for the page, and where its default action leads. */
export interface Telling {
  readonly event: Event;
  readonly state?: CheckoutState;
  /** Shown when nothing is followed. Cancelable events only. */
  readonly panel?: Panel | null;
}

/** Maps what the frame says, under the SDK's names, to what the element tells. */
export function tellingOf(message: FrameMessage, otherTab: boolean): Telling | undefined {
  const { type, session, transaction_id = "", merchant_reference = "", error = "" } = message;
  const href = message.href || null;
  if (session && (type === "SessionLoaded" || type === "SessionUpdated")) {
    const event = new events.SessionEvent(session, type === "SessionUpdated" ? "updated" : "loaded");
    return { state: session.pay_lock ? "locked" : "ready", event };
  }
  switch (type) {
    // A session that comes without an order is an expired one.
    case "SessionLoaded":
    case "SessionUpdated":
    case "SessionNotFound":
      return { state: "expired", event: new events.SessionNotFoundEvent(), panel: "expired" };
    case "SessionPaymentAuthorized":
    case "SessionPaymentOnHold": {
      const status = type === "SessionPaymentOnHold" ? "on-hold" : "authorized";
      return {
        state: status === "on-hold" ? status : "paid",
        event: new events.PaymentEvent(status, transaction_id, merchant_reference, href),
        panel: otherTab ? "paidElsewhere" : null,
      };
    }
    case "SessionPaymentError":
      return {
        state: "failed",
        event: new events.PaymentErrorEvent(error, href),
        panel: otherTab ? "failedElsewhere" : "failed",
      };
    case "SessionCancel":
      return {
        state: "cancelled",
        event: new events.CancelEvent(href),
        panel: otherTab ? "cancelledElsewhere" : "cancelled",
      };
    case "SessionLocked":
      return { state: "locked", event: new events.SessionLockedEvent(message.pay_lock_id ?? "") };
    case "SessionLockFailed":
      return { event: new events.SessionLockFailedEvent() };
    case "ActivePaymentProductType":
      return { event: new events.PaymentTypeEvent(message.payment_product_type || null) };
    default:
      return undefined;
  }
}

const said: Record<VerifiedResult["status"], string> = {
  paid: "SessionPaymentAuthorized",
  "on-hold": "SessionPaymentOnHold",
  failed: "SessionPaymentError",
  cancelled: "SessionCancel",
};

/** What the frame would have said of a result of another tab: a payment in an app comes back in a new one. */
export function messageOf({ status, transactionId, merchantReference }: VerifiedResult): FrameMessage {
  return {
    type: said[status],
    error: status,
    transaction_id: transactionId ?? "",
    merchant_reference: merchantReference ?? "",
  };
}

/** Whether a result of another tab is about this session; the reference decides where the id is missing. */
export function isAbout(
  result: VerifiedResult,
  id: string | undefined,
  session: events.Session | null,
): boolean {
  return result.sessionId
    ? result.sessionId === id
    : result.merchantReference === session?.order.merchant_reference;
}
