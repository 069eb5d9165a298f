import * as da from "./da.ts";
import * as de from "./de.ts";
import * as en from "./en.ts";
import * as fi from "./fi.ts";
import type { CheckoutMessages, ReturnMessages } from "./keys.ts";
import type { Language } from "./language.ts";
import * as nb from "./nb.ts";
import * as nn from "./nn.ts";
import * as sv from "./sv.ts";

/** The texts of `<dintero-checkout>`. A new language gets a file of its own, an entry in both tables here, and one in `language.ts`. */
export const checkoutMessages: Readonly<Record<Language, CheckoutMessages>> = {
  en: en.checkout,
  nb: nb.checkout,
  nn: nn.checkout,
  sv: sv.checkout,
  da: da.checkout,
  fi: fi.checkout,
  de: de.checkout,
};

/** The texts of `<dintero-return>`. */
export const returnMessages: Readonly<Record<Language, ReturnMessages>> = {
  en: en.returnPage,
  nb: nb.returnPage,
  nn: nn.returnPage,
  sv: sv.returnPage,
  da: da.returnPage,
  fi: fi.returnPage,
  de: de.returnPage,
};
