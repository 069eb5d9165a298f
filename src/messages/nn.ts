import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Lastar betalinga …",
  pay: "Gå til betaling",
  redirecting: "Sender deg til betalingssida …",
  errorTitle: "Kunne ikkje laste inn betalinga",
  errorText: "Prøv igjen eller kontakt butikken.",
  offline: "Du er fråkopla. Betalinga blir lasta når du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Opne betalingssida",
  expiredTitle: "Betalinga har gått ut",
  expiredText: "Betalinga stod open for lenge.",
  startAgain: "Start på nytt",
  failedTitle: "Betalinga gjekk ikkje gjennom",
  failedText: "Betalinga vart ikkje godkjend. Prøv igjen eller vel ein annan betalingsmåte.",
  cancelledTitle: "Betalinga vart avbroten",
  cancelledText: "Du har ikkje betalt.",
  paidElsewhere: "Betalt i eit anna vindauge.",
  failedElsewhere: "Betalinga gjekk ikkje gjennom i eit anna vindauge.",
  cancelledElsewhere: "Betalinga vart avbroten i eit anna vindauge.",
  validationFailed: "Bestillinga kunne ikkje stadfestast. Prøv igjen.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Betalinga er motteken",
  paidText: "Takk for bestillinga.",
  onHoldTitle: "Betalinga blir kontrollert",
  onHoldText: "Det kan ta litt tid. Du treng ikkje å betale på nytt.",
  failedTitle: "Betalinga vart ikkje godkjend",
  failedText: "Du kan prøve igjen eller velje ein annan betalingsmåte.",
  cancelledTitle: "Betalinga vart avbroten",
  cancelledText: "Du har ikkje betalt.",
  pendingTitle: "Ventar på stadfesting",
  pendingText: "Vi har ikkje fått svar enno. Sjekk igjen før du betaler på nytt.",
  checkAgain: "Sjekk igjen",
  backToCart: "Tilbake til handlekorga",
};
