import type { CheckoutMessages } from "./index.ts";

export const messages: CheckoutMessages = {
  frameTitle: "Turvallinen maksu – Dintero",
  loading: "Ladataan maksua…",
  pay: "Siirry maksamaan",
  redirecting: "Siirrytään maksusivulle…",
  errorTitle: "Maksua ei voitu ladata",
  errorText: "Yritä uudelleen. Jos ongelma jatkuu, ota yhteyttä kauppaan.",
  offline: "Ei verkkoyhteyttä. Maksu ladataan heti, kun yhteys palaa.",
  retry: "Yritä uudelleen",
  openFullPage: "Avaa maksu omalla sivullaan",
  expiredTitle: "Maksuaika on päättynyt",
  expiredText: "Maksu oli avoinna liian pitkään, eikä sitä voi enää käyttää.",
  startAgain: "Aloita alusta",
  failedTitle: "Maksu epäonnistui",
  failedText: "Maksua ei hyväksytty. Voit yrittää uudelleen tai valita toisen maksutavan.",
  cancelledTitle: "Maksu peruutettiin",
  cancelledText: "Et ole maksanut. Voit aloittaa alusta milloin haluat.",
  paidElsewhere: "Maksu suoritettiin toisessa ikkunassa. Voit sulkea tämän.",
  failedElsewhere: "Maksu epäonnistui toisessa ikkunassa.",
  cancelledElsewhere: "Maksu peruutettiin toisessa ikkunassa.",
  validationFailed: "Tilausta ei voitu vahvistaa. Yritä uudelleen.",
};
