import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Trygg betaling med Dintero",
  loading: "Lastar betalinga …",
  pay: "Gå til betaling",
  redirecting: "Sender deg til betalingssida …",
  errorTitle: "Betalinga kunne ikkje lastast",
  errorText: "Prøv igjen. Kontakt butikken om det held fram.",
  offline: "Du er fråkopla. Betalinga blir lasta så snart du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Opne betalinga på ei eiga side",
  expiredTitle: "Tida for å betale er ute",
  expiredText: "Betalinga stod open for lenge og kan ikkje brukast lenger.",
  startAgain: "Start på nytt",
  failedTitle: "Betalinga gjekk ikkje gjennom",
  failedText: "Betalinga vart ikkje godkjend. Du kan prøve igjen eller velje ein annan betalingsmåte.",
  cancelledTitle: "Betalinga vart avbroten",
  cancelledText: "Du har ikkje betalt. Du kan starte på nytt når du vil.",
  paidElsewhere: "Betalinga vart fullført i eit anna vindauge. Du kan lukke dette.",
  failedElsewhere: "Betalinga gjekk ikkje gjennom i eit anna vindauge.",
  cancelledElsewhere: "Betalinga vart avbroten i eit anna vindauge.",
  validationFailed: "Bestillinga kunne ikkje stadfestast. Prøv igjen.",
};
