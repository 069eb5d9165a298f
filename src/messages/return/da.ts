import type { ReturnMessages } from "./index.ts";

export const messages: ReturnMessages = {
  paidTitle: "Betalingen er modtaget",
  paidText: "Tak for din bestilling.",
  onHoldTitle: "Betalingen bliver kontrolleret",
  onHoldText: "Det kan tage lidt tid. Du behøver ikke betale igen.",
  failedTitle: "Betalingen mislykkedes",
  failedText: "Betalingen blev ikke godkendt. Du kan prøve igen eller vælge en anden betalingsmåde.",
  cancelledTitle: "Betalingen blev afbrudt",
  cancelledText: "Du har ikke betalt for bestillingen.",
  pendingTitle: "Venter på bekræftelse af betalingen",
  pendingText: "Vi ved endnu ikke, om betalingen gik igennem. Tjek igen, før du eventuelt betaler på ny.",
  checkAgain: "Tjek igen",
  backToCart: "Tilbage til kurven",
};
