import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Maksu Dinteron kautta",
  loading: "Maksua ladataan…",
  pay: "Siirry maksamaan",
  redirecting: "Siirrytään maksusivulle…",
  errorTitle: "Maksua ei voitu ladata",
  errorText: "Yritä uudelleen tai ota yhteyttä kauppaan.",
  offline: "Ei verkkoyhteyttä. Maksu ladataan, kun yhteys palaa.",
  retry: "Yritä uudelleen",
  openFullPage: "Avaa omalla sivulla",
  expiredTitle: "Aika loppui",
  expiredText: "Maksu oli auki liian kauan.",
  startAgain: "Aloita alusta",
  failedTitle: "Maksu epäonnistui",
  failedText: "Sitä ei hyväksytty. Yritä uudelleen tai maksa toisella tavalla.",
  cancelledTitle: "Maksu peruttiin",
  cancelledText: "Et ole maksanut.",
  paidElsewhere: "Maksettu toisessa ikkunassa.",
  failedElsewhere: "Maksu epäonnistui toisessa ikkunassa.",
  cancelledElsewhere: "Maksu peruttiin toisessa ikkunassa.",
  validationFailed: "Tilausta ei vahvistettu. Yritä uudelleen.",
};
