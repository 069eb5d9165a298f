import type { CheckoutMessages, ReturnMessages } from "./keys.ts";

export const checkout: CheckoutMessages = {
  frameTitle: "Maksu Dinteron kautta",
  loading: "Maksua ladataan…",
  pay: "Siirry maksamaan",
  redirecting: "Siirrytään maksusivulle…",
  errorTitle: "Maksua ei voitu ladata",
  errorText: "Yritä uudelleen tai ota yhteyttä kauppaan.",
  offline: "Ei verkkoyhteyttä. Maksu ladataan, kun yhteys palaa.",
  retry: "Yritä uudelleen",
  openFullPage: "Avaa maksusivu",
  expiredTitle: "Maksuaika umpeutui",
  expiredText: "Maksu oli auki liian kauan.",
  startAgain: "Aloita alusta",
  failedTitle: "Maksu epäonnistui",
  failedText: "Maksua ei hyväksytty. Yritä uudelleen tai valitse toinen maksutapa.",
  cancelledTitle: "Maksu peruutettiin",
  cancelledText: "Et ole maksanut.",
  paidElsewhere: "Maksettu toisessa ikkunassa.",
  failedElsewhere: "Maksu epäonnistui toisessa ikkunassa.",
  cancelledElsewhere: "Maksu peruutettiin toisessa ikkunassa.",
  validationFailed: "Tilausta ei voitu vahvistaa. Yritä uudelleen.",
};

export const returnPage: ReturnMessages = {
  paidTitle: "Maksu vastaanotettu",
  paidText: "Kiitos tilauksestasi.",
  onHoldTitle: "Maksua tarkistetaan",
  onHoldText: "Tämä voi kestää hetken. Sinun ei tarvitse maksaa uudelleen.",
  failedTitle: "Maksua ei hyväksytty",
  failedText: "Voit yrittää uudelleen tai valita toisen maksutavan.",
  cancelledTitle: "Maksu peruutettiin",
  cancelledText: "Et ole maksanut.",
  pendingTitle: "Odotetaan vahvistusta",
  pendingText: "Emme ole vielä saaneet vastausta. Tarkista uudelleen ennen kuin maksat uudestaan.",
  checkAgain: "Tarkista uudelleen",
  backToCart: "Takaisin ostoskoriin",
};
