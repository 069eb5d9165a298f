import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Sikker betaling med Dintero",
  loading: "Indlæser betalingen …",
  pay: "Gå til betaling",
  redirecting: "Sender dig til betalingssiden …",
  errorTitle: "Betalingen kunne ikke indlæses",
  errorText: "Prøv igen. Kontakt butikken, hvis det fortsætter.",
  offline: "Du er offline. Betalingen indlæses, så snart du er online igen.",
  retry: "Prøv igen",
  openFullPage: "Åbn betalingen på en separat side",
  expiredTitle: "Tiden til at betale er udløbet",
  expiredText: "Betalingen stod åben for længe og kan ikke længere bruges.",
  startAgain: "Start forfra",
  failedTitle: "Betalingen mislykkedes",
  failedText: "Betalingen blev ikke godkendt. Du kan prøve igen eller vælge en anden betalingsmåde.",
  cancelledTitle: "Betalingen blev afbrudt",
  cancelledText: "Du har ikke betalt. Du kan starte forfra, når du vil.",
  paidElsewhere: "Betalingen blev gennemført i et andet vindue. Du kan lukke dette.",
  failedElsewhere: "Betalingen mislykkedes i et andet vindue.",
  cancelledElsewhere: "Betalingen blev afbrudt i et andet vindue.",
  validationFailed: "Bestillingen kunne ikke bekræftes. Prøv igen.",
};
