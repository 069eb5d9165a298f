import "./checkout/define.ts";

export { DinteroCheckout } from "./checkout/dintero-checkout.ts";
export type { CheckoutMode } from "./checkout/dintero-checkout.ts";
export { DinteroCheckoutError, type DinteroCheckoutErrorCode } from "./checkout/errors.ts";
export * from "./checkout/events.ts";
export type { CheckoutMessages } from "./messages/keys.ts";
export type { FetchSession, SessionReference } from "./checkout/session-endpoint.ts";
export type { CheckoutState } from "./checkout/state.ts";
export type { CheckoutTrigger } from "./checkout/trigger.ts";
