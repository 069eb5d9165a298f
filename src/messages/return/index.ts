import type { Language } from "../language.ts";
import { messages as en } from "./en.ts";

/** Everything `<dintero-return>` says in its own words. Each can be replaced through its `messages` property. */
export interface ReturnMessages {
  /** Heading once the payment is there. */
  paidTitle: string;
  /** Below it. */
  paidText: string;
  /** Heading while Dintero looks closer at the payment. */
  onHoldTitle: string;
  /** Below it. */
  onHoldText: string;
  /** Heading after a payment that was not accepted. */
  failedTitle: string;
  /** Below it. */
  failedText: string;
  /** Heading after the shopper cancelled. */
  cancelledTitle: string;
  /** Below it. */
  cancelledText: string;
  /** Heading while the shop's server is asked, and when it has not known the answer in time. */
  pendingTitle: string;
  /** Below it, when it has not known the answer in time. */
  pendingText: string;
  /** Button that asks again. */
  checkAgain: string;
  /** Link to the cart after failed and cancelled. */
  backToCart: string;
}

type Texts = ReturnMessages;
const loaded: Partial<Record<Language, Texts>> = { en };

const files: Record<Exclude<Language, "en">, () => Promise<{ messages: Texts }>> = {
  nb: () => import("./nb.ts"),
  nn: () => import("./nn.ts"),
  sv: () => import("./sv.ts"),
  da: () => import("./da.ts"),
  fi: () => import("./fi.ts"),
  de: () => import("./de.ts"),
};

/**
 * The texts of a language: at once where they are there already (so that nothing flickers), else a promise. It never
 * rejects: English stands in where the file could not be loaded, and the next call tries again.
 */
export function loadReturnMessages(language: Language): Texts | Promise<Texts> {
  return (
    loaded[language] ??
    files[language as Exclude<Language, "en">]().then(
      ({ messages }) => (loaded[language] = messages),
      () => en,
    )
  );
}
