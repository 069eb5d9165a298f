import type { VerifiedResult } from "./channel.ts";
import * as events from "./events.ts";
import type { Panel } from "./panels.ts";
import type { FrameMessage } from "./sdk.ts";
import type { CheckoutSignal } from "./state.ts";

/** What comes of a message: a signal for the state, an event for the page, and where its default action leads. */
export interface Telling {
  readonly event: Event;
  readonly signal?: CheckoutSignal;
  /** Shown when nothing is followed. Cancelable events only. */
  readonly panel?: Panel;
}

/** Maps what the frame says, under the SDK's names, to what the element tells. */
export function tellingOf(message: FrameMessage, otherTab: boolean): Telling | undefined {
  const { type, session, transaction_id = "", merchant_reference = "", error = "" } = message;
  const href = message.href || null;
  if (session && (type === "SessionLoaded" || type === "SessionUpdated")) {
    const event = new events.SessionEvent(session, type === "SessionUpdated" ? "updated" : "loaded");
    return { signal: session.pay_lock ? "locked" : "unlocked", event };
  }
  switch (type) {
    // A session that comes without an order is an expired one.
    case "SessionLoaded":
    case "SessionUpdated":
    case "SessionNotFound":
      return { signal: "not-found", event: new events.SessionNotFoundEvent(), panel: "expired" };
    case "SessionPaymentAuthorized":
    case "SessionPaymentOnHold": {
      const signal = type === "SessionPaymentOnHold" ? "on-hold" : "authorized";
      const event = new events.PaymentEvent(signal, transaction_id, merchant_reference, href);
      return otherTab ? { signal, event, panel: "paidElsewhere" } : { signal, event };
    }
    case "SessionPaymentError":
      return {
        signal: "payment-error",
        event: new events.PaymentErrorEvent(error, href),
        panel: otherTab ? "failedElsewhere" : "failed",
      };
    case "SessionCancel":
      return {
        signal: "cancel",
        event: new events.CancelEvent(href),
        panel: otherTab ? "cancelledElsewhere" : "cancelled",
      };
    case "SessionLocked":
      return { signal: "locked", event: new events.SessionLockedEvent(message.pay_lock_id ?? "") };
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
