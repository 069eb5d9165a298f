import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Lastar betalinga …",
  pay: "Gå til betaling",
  redirecting: "Går til betalingssida …",
  errorTitle: "Betalinga vart ikkje lasta",
  errorText: "Prøv igjen eller kontakt butikken.",
  offline: "Du er fråkopla. Betalinga blir lasta når du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Opne på eiga side",
  expiredTitle: "Tida er ute",
  expiredText: "Betalinga stod open for lenge.",
  startAgain: "Start på nytt",
  failedTitle: "Betalinga gjekk ikkje gjennom",
  failedText: "Ho vart ikkje godkjend. Prøv igjen eller betal på ein annan måte.",
  cancelledTitle: "Betalinga vart avbroten",
  cancelledText: "Du har ikkje betalt.",
  paidElsewhere: "Betalt i eit anna vindauge.",
  failedElsewhere: "Betalinga gjekk ikkje gjennom i eit anna vindauge.",
  cancelledElsewhere: "Betalinga vart avbroten i eit anna vindauge.",
  validationFailed: "Bestillinga vart ikkje stadfesta. Prøv igjen.",
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
