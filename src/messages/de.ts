import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Zahlung mit Dintero",
  loading: "Zahlung wird geladen …",
  pay: "Weiter zur Zahlung",
  redirecting: "Weiter zur Zahlungsseite …",
  errorTitle: "Die Zahlung wurde nicht geladen",
  errorText: "Versuchen Sie es erneut oder fragen Sie den Shop.",
  offline: "Sie sind offline. Die Zahlung lädt, sobald Sie wieder online sind.",
  retry: "Erneut versuchen",
  openFullPage: "Auf eigener Seite öffnen",
  expiredTitle: "Die Zeit ist abgelaufen",
  expiredText: "Die Zahlung war zu lange offen.",
  startAgain: "Neu beginnen",
  failedTitle: "Die Zahlung ist fehlgeschlagen",
  failedText: "Sie wurde nicht genehmigt. Versuchen Sie es erneut oder zahlen Sie anders.",
  cancelledTitle: "Die Zahlung wurde abgebrochen",
  cancelledText: "Sie haben nicht bezahlt.",
  paidElsewhere: "In einem anderen Fenster bezahlt.",
  failedElsewhere: "Die Zahlung ist in einem anderen Fenster fehlgeschlagen.",
  cancelledElsewhere: "Die Zahlung wurde in einem anderen Fenster abgebrochen.",
  validationFailed: "Die Bestellung wurde nicht bestätigt. Versuchen Sie es erneut.",
};
