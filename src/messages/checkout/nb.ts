import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Sikker betaling med Dintero",
  loading: "Laster betalingen …",
  pay: "Gå til betaling",
  redirecting: "Sender deg til betalingssiden …",
  errorTitle: "Betalingen kunne ikke lastes",
  errorText: "Prøv igjen. Kontakt butikken hvis det fortsetter.",
  offline: "Du er frakoblet. Betalingen lastes så snart du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Åpne betalingen på en egen side",
  expiredTitle: "Tiden for å betale er ute",
  expiredText: "Betalingen sto åpen for lenge og kan ikke brukes lenger.",
  startAgain: "Start på nytt",
  failedTitle: "Betalingen mislyktes",
  failedText: "Betalingen ble ikke godkjent. Du kan prøve igjen eller velge en annen betalingsmåte.",
  cancelledTitle: "Betalingen ble avbrutt",
  cancelledText: "Du har ikke betalt. Du kan starte på nytt når du vil.",
  paidElsewhere: "Betalingen ble fullført i et annet vindu. Du kan lukke dette.",
  failedElsewhere: "Betalingen mislyktes i et annet vindu.",
  cancelledElsewhere: "Betalingen ble avbrutt i et annet vindu.",
  validationFailed: "Bestillingen kunne ikke bekreftes. Prøv igjen.",
};
