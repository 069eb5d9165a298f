import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Indlæser betalingen …",
  pay: "Gå til betaling",
  redirecting: "Du sendes til betalingssiden …",
  errorTitle: "Betalingen kunne ikke indlæses",
  errorText: "Prøv igen, eller kontakt butikken.",
  offline: "Du er offline. Betalingen indlæses, når du er online igen.",
  retry: "Prøv igen",
  openFullPage: "Åbn betalingssiden",
  expiredTitle: "Betalingen er udløbet",
  expiredText: "Betalingen stod åben for længe.",
  startAgain: "Start forfra",
  failedTitle: "Betalingen mislykkedes",
  failedText: "Den blev ikke godkendt. Prøv igen, eller vælg en anden betalingsmetode.",
  cancelledTitle: "Betalingen blev annulleret",
  cancelledText: "Du har ikke betalt.",
  paidElsewhere: "Betalt i et andet vindue.",
  failedElsewhere: "Betalingen mislykkedes i et andet vindue.",
  cancelledElsewhere: "Betalingen blev annulleret i et andet vindue.",
  validationFailed: "Bestillingen kunne ikke bekræftes. Prøv igen.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Betalingen er modtaget",
  paidText: "Tak for din bestilling.",
  onHoldTitle: "Betalingen bliver kontrolleret",
  onHoldText: "Det kan tage lidt tid. Du behøver ikke betale igen.",
  failedTitle: "Betalingen blev ikke godkendt",
  failedText: "Du kan prøve igen eller vælge en anden betalingsmetode.",
  cancelledTitle: "Betalingen blev annulleret",
  cancelledText: "Du har ikke betalt.",
  pendingTitle: "Venter på bekræftelse",
  pendingText: "Vi har ikke fået svar endnu. Tjek igen, før du betaler på ny.",
  checkAgain: "Tjek igen",
  backToCart: "Tilbage til kurven",
};
