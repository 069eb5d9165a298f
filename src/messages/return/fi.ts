import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
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
