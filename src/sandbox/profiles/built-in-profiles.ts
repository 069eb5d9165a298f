import type { PaymentType } from "./payment-methods.ts";

/** A payment method of a profile: in one currency or in all, in some countries or in all. */
export interface Offer {
  readonly type: PaymentType;
  readonly currency?: string;
  readonly countries?: readonly string[];
}

const besideCards: readonly Offer[] = [
  { type: "swish.swish", currency: "SEK", countries: ["SE"] },
  { type: "payex.mobilepay", currency: "DKK", countries: ["DK"] },
  { type: "payex.mobilepay", currency: "EUR", countries: ["FI"] },
  { type: "klarna.klarna", currency: "NOK", countries: ["NO"] },
  { type: "klarna.klarna", currency: "SEK", countries: ["SE"] },
  { type: "klarna.klarna", currency: "DKK", countries: ["DK"] },
  { type: "klarna.klarna", currency: "EUR" },
  { type: "collector.invoice", currency: "NOK", countries: ["NO"] },
  { type: "collector.invoice", currency: "SEK", countries: ["SE"] },
  { type: "collector.invoice", currency: "DKK", countries: ["DK"] },
  { type: "collector.invoice", currency: "EUR", countries: ["FI"] },
];

/** Profiles that every account of the sandbox has. New accounts use Dintero PSP, as `default` does; older ones `payex`. */
export const builtInProfiles: Readonly<Record<string, readonly Offer[]>> = {
  default: [
    { type: "dintero_psp.creditcard" },
    { type: "dintero_psp.vipps", currency: "NOK", countries: ["NO"] },
    ...besideCards,
    { type: "dintero_psp.applepay" },
    { type: "dintero_psp.googlepay" },
  ],
  payex: [
    { type: "payex.creditcard" },
    { type: "vipps", currency: "NOK", countries: ["NO"] },
    ...besideCards,
    { type: "payex.applepay" },
    { type: "payex.googlepay" },
  ],
};
