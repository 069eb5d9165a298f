import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Indlæser betalingen …",
  pay: "Gå til betaling",
  redirecting: "Går til betalingssiden …",
  errorTitle: "Betalingen blev ikke indlæst",
  errorText: "Prøv igen, eller kontakt butikken.",
  offline: "Du er offline. Betalingen indlæses, når du er online igen.",
  retry: "Prøv igen",
  openFullPage: "Åbn på egen side",
  expiredTitle: "Tiden er udløbet",
  expiredText: "Betalingen stod åben for længe.",
  startAgain: "Start forfra",
  failedTitle: "Betalingen mislykkedes",
  failedText: "Den blev ikke godkendt. Prøv igen, eller betal på en anden måde.",
  cancelledTitle: "Betalingen blev afbrudt",
  cancelledText: "Du har ikke betalt.",
  paidElsewhere: "Betalt i et andet vindue.",
  failedElsewhere: "Betalingen mislykkedes i et andet vindue.",
  cancelledElsewhere: "Betalingen blev afbrudt i et andet vindue.",
  validationFailed: "Bestillingen blev ikke bekræftet. Prøv igen.",
};
