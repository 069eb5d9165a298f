export * from "../checkout/dintero-checkout.ts";
