import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Säker betalning med Dintero",
  loading: "Laddar betalningen …",
  pay: "Gå till betalning",
  redirecting: "Du skickas till betalsidan …",
  errorTitle: "Betalningen kunde inte laddas",
  errorText: "Försök igen. Kontakta butiken om felet kvarstår.",
  offline: "Du är offline. Betalningen laddas så snart du är online igen.",
  retry: "Försök igen",
  openFullPage: "Öppna betalningen på en egen sida",
  expiredTitle: "Tiden för att betala är slut",
  expiredText: "Betalningen var öppen för länge och kan inte längre användas.",
  startAgain: "Börja om",
  failedTitle: "Betalningen misslyckades",
  failedText: "Betalningen godkändes inte. Du kan försöka igen eller välja ett annat betalsätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat. Du kan börja om när du vill.",
  paidElsewhere: "Betalningen slutfördes i ett annat fönster. Du kan stänga det här.",
  failedElsewhere: "Betalningen misslyckades i ett annat fönster.",
  cancelledElsewhere: "Betalningen avbröts i ett annat fönster.",
  validationFailed: "Beställningen kunde inte bekräftas. Försök igen.",
};
