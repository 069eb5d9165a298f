import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Zahlung eingegangen",
  paidText: "Vielen Dank für Ihre Bestellung.",
  onHoldTitle: "Ihre Zahlung wird geprüft",
  onHoldText: "Das kann etwas dauern. Sie müssen nicht noch einmal bezahlen.",
  failedTitle: "Die Zahlung ist fehlgeschlagen",
  failedText:
    "Die Zahlung wurde nicht genehmigt. Versuchen Sie es erneut oder wählen Sie eine andere Zahlungsart.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben die Bestellung nicht bezahlt.",
  pendingTitle: "Wir warten auf die Zahlungsbestätigung",
  pendingText:
    "Wir wissen noch nicht, ob die Zahlung erfolgreich war. Prüfen Sie erneut, bevor Sie noch einmal bezahlen.",
  checkAgain: "Erneut prüfen",
  backToCart: "Zurück zum Warenkorb",
};
