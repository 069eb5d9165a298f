import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalinga er motteken",
  paidText: "Takk for bestillinga.",
  onHoldTitle: "Betalinga blir kontrollert",
  onHoldText: "Det kan ta litt tid. Du treng ikkje å betale på nytt.",
  failedTitle: "Betalinga gjekk ikkje gjennom",
  failedText: "Betalinga vart ikkje godkjend. Du kan prøve igjen eller velje ein annan betalingsmåte.",
  cancelledTitle: "Betalinga vart avbroten",
  cancelledText: "Du har ikkje betalt for bestillinga.",
  pendingTitle: "Ventar på stadfesting av betalinga",
  pendingText: "Vi veit enno ikkje om betalinga gjekk gjennom. Sjekk igjen før du eventuelt betaler på nytt.",
  checkAgain: "Sjekk igjen",
  backToCart: "Tilbake til handlekorga",
};
