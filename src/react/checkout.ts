import type { ForwardRefExoticComponent, RefAttributes } from "react";
import type { DinteroCheckout as Element } from "../checkout/dintero-checkout.ts";
import type { DinteroCheckoutEventMap } from "../checkout/events.ts";
import { component, type ElementProps } from "./component.ts";

const properties = {
  sessionId: "session-id",
  endpoint: "endpoint",
  mode: "mode",
  trigger: "trigger",
  language: "language",
  validateSession: "validate-session",
  addressCallback: "address-callback",
  timeout: "timeout",
  credentials: "credentials",
  checkoutUrl: "checkout-url",
  payload: "payload",
  fetchSession: null,
  messages: null,
} as const;

const events = {
  onSession: "dintero-session",
  onPayment: "dintero-payment",
  onPaymentError: "dintero-payment-error",
  onCancel: "dintero-cancel",
  onSessionNotFound: "dintero-session-not-found",
  onSessionLocked: "dintero-session-locked",
  onSessionLockFailed: "dintero-session-lock-failed",
  onPaymentType: "dintero-payment-type",
  onValidateSession: "dintero-validate-session",
  onAddressCallback: "dintero-address-callback",
  onRedirect: "dintero-redirect",
  onError: "dintero-error",
  onState: "dintero-state",
} as const;

type Handlers = { [Name in keyof typeof events]: DinteroCheckoutEventMap[(typeof events)[Name]] };

/** Props of `DinteroCheckout`: the element's properties, handlers of its events, and what any tag takes. */
export type DinteroCheckoutProps = ElementProps<Element, keyof typeof properties, Handlers>;

/**
 * `<dintero-checkout>` as a component for React 18 and 19, rendered on a server or not. `ref` is the element, `children`
 * are its slots; `onError` and `onCancel` get the element's events, not the browser's of these names.
 */
export const DinteroCheckout: ForwardRefExoticComponent<DinteroCheckoutProps & RefAttributes<Element>> =
  component({ tag: "dintero-checkout", properties, events });
