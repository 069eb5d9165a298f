import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Maksu vastaanotettu",
  paidText: "Kiitos tilauksestasi.",
  onHoldTitle: "Maksua tarkistetaan",
  onHoldText: "Tämä voi kestää hetken. Sinun ei tarvitse maksaa uudelleen.",
  failedTitle: "Maksu epäonnistui",
  failedText: "Maksua ei hyväksytty. Voit yrittää uudelleen tai valita toisen maksutavan.",
  cancelledTitle: "Maksu peruutettiin",
  cancelledText: "Et ole maksanut tilausta.",
  pendingTitle: "Odotetaan maksun vahvistusta",
  pendingText: "Emme vielä tiedä, onnistuiko maksu. Tarkista uudelleen ennen kuin maksat toisen kerran.",
  checkAgain: "Tarkista uudelleen",
  backToCart: "Takaisin ostoskoriin",
};
