import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Laster betalingen …",
  pay: "Gå til betaling",
  redirecting: "Sender deg til betalingssiden …",
  errorTitle: "Kunne ikke laste inn betalingen",
  errorText: "Prøv igjen eller kontakt butikken.",
  offline: "Du er frakoblet. Betalingen lastes når du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Åpne betalingssiden",
  expiredTitle: "Betalingen er utløpt",
  expiredText: "Betalingen sto åpen for lenge.",
  startAgain: "Start på nytt",
  failedTitle: "Betalingen mislyktes",
  failedText: "Den ble ikke godkjent. Prøv igjen eller velg en annen betalingsmåte.",
  cancelledTitle: "Betalingen ble avbrutt",
  cancelledText: "Du har ikke betalt.",
  paidElsewhere: "Betalt i et annet vindu.",
  failedElsewhere: "Betalingen mislyktes i et annet vindu.",
  cancelledElsewhere: "Betalingen ble avbrutt i et annet vindu.",
  validationFailed: "Bestillingen kunne ikke bekreftes. Prøv igjen.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Betalingen er mottatt",
  paidText: "Takk for bestillingen.",
  onHoldTitle: "Betalingen blir kontrollert",
  onHoldText: "Det kan ta litt tid. Du trenger ikke å betale på nytt.",
  failedTitle: "Betalingen ble ikke godkjent",
  failedText: "Du kan prøve igjen eller velge en annen betalingsmåte.",
  cancelledTitle: "Betalingen ble avbrutt",
  cancelledText: "Du har ikke betalt.",
  pendingTitle: "Venter på bekreftelse",
  pendingText: "Vi har ikke fått svar ennå. Sjekk igjen før du betaler på nytt.",
  checkAgain: "Sjekk igjen",
  backToCart: "Tilbake til handlekurven",
};
