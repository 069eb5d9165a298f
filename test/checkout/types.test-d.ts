/* eslint-disable @typescript-eslint/no-unused-vars -- types are what is tested */
// Checked by the compiler alone (`npm run check`): what people write must have its types, and mistakes must not.
import type {
  CheckoutErrorEvent,
  CheckoutState,
  DinteroCheckout,
  DinteroCheckoutError,
  DinteroCheckoutErrorCode,
  PaymentEvent,
  SessionEvent,
  StateEvent,
  ValidateSessionEvent,
} from "dintero-checkout-element";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(proof: Same<A, B>): void;

export function typed(): void {
  const element = document.createElement("dintero-checkout");
  same<typeof element, DinteroCheckout>(true);
  const found = document.querySelector("dintero-checkout");
  same<typeof found, DinteroCheckout | null>(true);

  element.addEventListener("dintero-payment", (event) => {
    same<typeof event, PaymentEvent>(true);
    same<typeof event.status, "authorized" | "on-hold">(true);
    same<typeof event.href, string | null>(true);
    // @ts-expect-error fields are read-only
    event.href = "";
    // @ts-expect-error there is no detail
    void event.detail;
  });
  document.addEventListener("dintero-session", (event) => {
    same<typeof event, SessionEvent>(true);
    same<typeof event.session.order.amount, number>(true);
    same<typeof event.reason, "loaded" | "updated">(true);
  });
  window.addEventListener("dintero-state", (event) => {
    same<typeof event, StateEvent>(true);
    same<typeof event.state, CheckoutState>(true);
  });
  document.body.addEventListener("dintero-error", (event) => {
    same<typeof event, CheckoutErrorEvent>(true);
    same<typeof event.error, DinteroCheckoutError>(true);
    same<typeof event.error.code, DinteroCheckoutErrorCode>(true);
  });
  element.addEventListener("dintero-validate-session", (event) => {
    same<typeof event, ValidateSessionEvent>(true);
    event.respondWith(true);
    event.respondWith("Out of stock");
    event.respondWith(Promise.resolve(false));
    // @ts-expect-error a number is not an answer
    event.respondWith(1);
  });

  element.mode = "pop-out";
  // @ts-expect-error there is no such mode
  element.mode = "popup";
  element.trigger = "visible";
  element.trigger = null;
  element.sessionId = null;
  element.fetchSession = async ({ signal, payload }) => {
    same<typeof signal, AbortSignal>(true);
    same<typeof payload, unknown>(true);
    return { id: "T12345678.abc" };
  };
  element.fetchSession = async () => "T12345678.abc";
  element.messages = { pay: "Go to payment" };
  // @ts-expect-error there is no such text
  element.messages = { payNow: "Go to payment" };
  // @ts-expect-error state is read-only
  element.state = "ready";

  const updated = element.updateSession(async () => {});
  same<typeof updated, Promise<SessionEvent["session"]>>(true);
  const locked = element.lockSession();
  same<typeof locked, Promise<void>>(true);
  same<typeof element.resolvedMode, "embed" | "redirect" | "pop-out" | null>(true);
  same<typeof element.frame, HTMLIFrameElement | null>(true);
  same<typeof element.error, DinteroCheckoutError | null>(true);
  same<typeof element.testMode, boolean>(true);
}
