import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Zahlung mit Dintero",
  loading: "Zahlung wird geladen …",
  pay: "Weiter zur Zahlung",
  redirecting: "Sie werden zur Zahlungsseite weitergeleitet …",
  errorTitle: "Die Zahlung konnte nicht geladen werden",
  errorText: "Versuchen Sie es erneut oder wenden Sie sich an den Shop.",
  offline: "Sie sind offline. Die Zahlung wird geladen, sobald Sie wieder online sind.",
  retry: "Erneut versuchen",
  openFullPage: "Zahlungsseite öffnen",
  expiredTitle: "Die Zahlung ist abgelaufen",
  expiredText: "Die Zahlung war zu lange offen.",
  startAgain: "Neu beginnen",
  failedTitle: "Die Zahlung ist fehlgeschlagen",
  failedText:
    "Die Zahlung wurde nicht genehmigt. Versuchen Sie es erneut oder wählen Sie eine andere Zahlungsart.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben nicht bezahlt.",
  paidElsewhere: "In einem anderen Fenster bezahlt.",
  onHoldElsewhere: "Die Zahlung wird geprüft. Sie wurde in einem anderen Fenster vorgenommen.",
  failedElsewhere: "Die Zahlung ist in einem anderen Fenster fehlgeschlagen.",
  cancelledElsewhere: "Die Zahlung wurde in einem anderen Fenster abgebrochen.",
  validationFailed: "Die Bestellung konnte nicht bestätigt werden. Versuchen Sie es erneut.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Zahlung eingegangen",
  paidText: "Vielen Dank für Ihre Bestellung.",
  onHoldTitle: "Die Zahlung wird geprüft",
  onHoldText: "Das kann etwas dauern. Sie müssen nicht noch einmal bezahlen.",
  failedTitle: "Die Zahlung wurde nicht genehmigt",
  failedText: "Versuchen Sie es erneut oder wählen Sie eine andere Zahlungsart.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben nicht bezahlt.",
  pendingTitle: "Warten auf Bestätigung",
  pendingText: "Wir haben noch keine Antwort erhalten. Prüfen Sie erneut, bevor Sie noch einmal bezahlen.",
  checkAgain: "Erneut prüfen",
  backToCart: "Zurück zum Warenkorb",
};
