import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Betalning med Dintero",
  loading: "Laddar betalningen …",
  pay: "Gå till betalning",
  redirecting: "Går till betalsidan …",
  errorTitle: "Betalningen laddades inte",
  errorText: "Försök igen eller kontakta butiken.",
  offline: "Du är offline. Betalningen laddas när du är online igen.",
  retry: "Försök igen",
  openFullPage: "Öppna på egen sida",
  expiredTitle: "Tiden är ute",
  expiredText: "Betalningen var öppen för länge.",
  startAgain: "Börja om",
  failedTitle: "Betalningen misslyckades",
  failedText: "Den godkändes inte. Försök igen eller betala på ett annat sätt.",
  cancelledTitle: "Betalningen avbröts",
  cancelledText: "Du har inte betalat.",
  paidElsewhere: "Betald i ett annat fönster.",
  failedElsewhere: "Betalningen misslyckades i ett annat fönster.",
  cancelledElsewhere: "Betalningen avbröts i ett annat fönster.",
  validationFailed: "Beställningen bekräftades inte. Försök igen.",
};
