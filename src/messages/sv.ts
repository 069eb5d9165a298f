import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Betalning med Dintero",
  loading: "Laddar betalningen …",
  pay: "Gå till betalning",
  redirecting: "Du skickas till betalningssidan …",
  errorTitle: "Betalningen kunde inte laddas",
  errorText: "Försök igen eller kontakta butiken.",
  offline: "Du är offline. Betalningen laddas när du är online igen.",
  retry: "Försök igen",
  openFullPage: "Öppna betalningssidan",
  expiredTitle: "Betalningstiden har gått ut",
  expiredText: "Betalningen var öppen för länge.",
  startAgain: "Börja om",
  failedTitle: "Betalningen misslyckades",
  failedText: "Den godkändes inte. Försök igen eller välj ett annat betalningssätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat.",
  paidElsewhere: "Betald i ett annat fönster.",
  failedElsewhere: "Betalningen misslyckades i ett annat fönster.",
  cancelledElsewhere: "Betalningen avbröts i ett annat fönster.",
  validationFailed: "Beställningen kunde inte bekräftas. Försök igen.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Betalningen är mottagen",
  paidText: "Tack för din beställning.",
  onHoldTitle: "Betalningen granskas",
  onHoldText: "Det kan ta en stund. Du behöver inte betala igen.",
  failedTitle: "Betalningen godkändes inte",
  failedText: "Du kan försöka igen eller välja ett annat betalningssätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat.",
  pendingTitle: "Väntar på bekräftelse",
  pendingText: "Vi har inte fått svar än. Kontrollera igen innan du betalar på nytt.",
  checkAgain: "Kontrollera igen",
  backToCart: "Tillbaka till varukorgen",
};
