import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalningen är mottagen",
  paidText: "Tack för din beställning.",
  onHoldTitle: "Betalningen granskas",
  onHoldText: "Det kan ta en stund. Du behöver inte betala igen.",
  failedTitle: "Betalningen godkändes inte",
  failedText: "Du kan försöka igen eller välja ett annat betalsätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat.",
  pendingTitle: "Väntar på bekräftelse",
  pendingText: "Vi har inte fått svar än. Kontrollera igen innan du betalar på nytt.",
  checkAgain: "Kontrollera igen",
  backToCart: "Tillbaka till varukorgen",
};
