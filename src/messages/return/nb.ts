import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalingen er mottatt",
  paidText: "Takk for bestillingen.",
  onHoldTitle: "Betalingen blir kontrollert",
  onHoldText: "Det kan ta litt tid. Du trenger ikke å betale på nytt.",
  failedTitle: "Betalingen mislyktes",
  failedText: "Betalingen ble ikke godkjent. Du kan prøve igjen eller velge en annen betalingsmåte.",
  cancelledTitle: "Betalingen ble avbrutt",
  cancelledText: "Du har ikke betalt for bestillingen.",
  pendingTitle: "Venter på bekreftelse av betalingen",
  pendingText: "Vi vet ennå ikke om betalingen gikk gjennom. Sjekk igjen før du eventuelt betaler på nytt.",
  checkAgain: "Sjekk igjen",
  backToCart: "Tilbake til handlekurven",
};
