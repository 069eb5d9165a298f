import "./define.ts";

export { DinteroCheckout } from "./dintero-checkout.ts";
export type { CheckoutMode, CheckoutTrigger } from "./dintero-checkout.ts";
export { DinteroCheckoutError, type DinteroCheckoutErrorCode } from "./errors.ts";
export * from "./element-events.ts";
export * from "./events.ts";
export type { CheckoutMessages } from "./messages/checkout/index.ts";
export type { FetchSession, SessionReference } from "./session-request.ts";
export type { CheckoutState } from "./state.ts";
