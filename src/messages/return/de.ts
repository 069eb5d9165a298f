import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Zahlung eingegangen",
  paidText: "Vielen Dank für Ihre Bestellung.",
  onHoldTitle: "Die Zahlung wird geprüft",
  onHoldText: "Das kann etwas dauern. Sie müssen nicht noch einmal bezahlen.",
  failedTitle: "Die Zahlung wurde nicht genehmigt",
  failedText: "Versuchen Sie es erneut oder wählen Sie eine andere Zahlungsart.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben nicht bezahlt.",
  pendingTitle: "Warten auf Bestätigung",
  pendingText: "Wir haben noch keine Antwort. Prüfen Sie erneut, bevor Sie noch einmal bezahlen.",
  checkAgain: "Erneut prüfen",
  backToCart: "Zurück zum Warenkorb",
};
