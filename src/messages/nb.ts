import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Betaling med Dintero",
  loading: "Laster betalingen …",
  pay: "Gå til betaling",
  redirecting: "Går til betalingssiden …",
  errorTitle: "Betalingen ble ikke lastet",
  errorText: "Prøv igjen eller kontakt butikken.",
  offline: "Du er frakoblet. Betalingen lastes når du er på nett igjen.",
  retry: "Prøv igjen",
  openFullPage: "Åpne på egen side",
  expiredTitle: "Tiden er ute",
  expiredText: "Betalingen sto åpen for lenge.",
  startAgain: "Start på nytt",
  failedTitle: "Betalingen mislyktes",
  failedText: "Den ble ikke godkjent. Prøv igjen eller betal på en annen måte.",
  cancelledTitle: "Betalingen ble avbrutt",
  cancelledText: "Du har ikke betalt.",
  paidElsewhere: "Betalt i et annet vindu.",
  failedElsewhere: "Betalingen mislyktes i et annet vindu.",
  cancelledElsewhere: "Betalingen ble avbrutt i et annet vindu.",
  validationFailed: "Bestillingen ble ikke bekreftet. Prøv igjen.",
};
