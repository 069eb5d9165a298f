import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
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
