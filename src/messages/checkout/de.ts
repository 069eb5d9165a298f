import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Sichere Zahlung mit Dintero",
  loading: "Zahlung wird geladen …",
  pay: "Weiter zur Zahlung",
  redirecting: "Sie werden zur Zahlungsseite weitergeleitet …",
  errorTitle: "Die Zahlung konnte nicht geladen werden",
  errorText: "Bitte versuchen Sie es erneut. Wenden Sie sich an den Shop, falls das Problem bestehen bleibt.",
  offline: "Sie sind offline. Die Zahlung wird geladen, sobald Sie wieder online sind.",
  retry: "Erneut versuchen",
  openFullPage: "Zahlung auf eigener Seite öffnen",
  expiredTitle: "Die Zeit zum Bezahlen ist abgelaufen",
  expiredText: "Die Zahlung war zu lange geöffnet und kann nicht mehr verwendet werden.",
  startAgain: "Neu beginnen",
  failedTitle: "Die Zahlung ist fehlgeschlagen",
  failedText:
    "Die Zahlung wurde nicht genehmigt. Versuchen Sie es erneut oder wählen Sie eine andere Zahlungsart.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben nicht bezahlt. Sie können jederzeit neu beginnen.",
  paidElsewhere: "Die Zahlung wurde in einem anderen Fenster abgeschlossen. Sie können dieses schließen.",
  failedElsewhere: "Die Zahlung ist in einem anderen Fenster fehlgeschlagen.",
  cancelledElsewhere: "Die Zahlung wurde in einem anderen Fenster abgebrochen.",
  validationFailed: "Die Bestellung konnte nicht bestätigt werden. Bitte versuchen Sie es erneut.",
};
