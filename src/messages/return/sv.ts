import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalningen är mottagen",
  paidText: "Tack för din beställning.",
  onHoldTitle: "Betalningen granskas",
  onHoldText: "Det kan ta en stund. Du behöver inte betala igen.",
  failedTitle: "Betalningen misslyckades",
  failedText: "Betalningen godkändes inte. Du kan försöka igen eller välja ett annat betalsätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat för beställningen.",
  pendingTitle: "Väntar på bekräftelse av betalningen",
  pendingText: "Vi vet ännu inte om betalningen gick igenom. Kontrollera igen innan du betalar på nytt.",
  checkAgain: "Kontrollera igen",
  backToCart: "Tillbaka till varukorgen",
};
