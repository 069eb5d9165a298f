import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalingen er modtaget",
  paidText: "Tak for din bestilling.",
  onHoldTitle: "Betalingen bliver kontrolleret",
  onHoldText: "Det kan tage lidt tid. Du behøver ikke betale igen.",
  failedTitle: "Betalingen blev ikke godkendt",
  failedText: "Du kan prøve igen eller vælge en anden betalingsmåde.",
  cancelledTitle: "Betalingen blev afbrudt",
  cancelledText: "Du har ikke betalt.",
  pendingTitle: "Venter på bekræftelse",
  pendingText: "Vi har ikke fået svar endnu. Tjek igen, før du betaler på ny.",
  checkAgain: "Tjek igen",
  backToCart: "Tilbage til kurven",
};
