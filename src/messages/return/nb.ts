import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
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
