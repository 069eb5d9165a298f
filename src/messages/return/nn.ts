import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
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
