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

const loaded = new Map<Language, ReturnMessages>([["en", en]]);

/**
 * The texts of a language: at once where they are there already (so that nothing flickers), else a promise. It never
 * rejects: English stands in where the file could not be loaded, and the next call tries again.
 */
export function loadReturnMessages(language: Language): ReturnMessages | Promise<ReturnMessages> {
  return (
    loaded.get(language) ??
    load(language).then(
      ({ messages }) => {
        loaded.set(language, messages);
        return messages;
      },
      () => en,
    )
  );
}

function load(language: Language): Promise<{ messages: ReturnMessages }> {
  switch (language) {
    case "nb":
      return import("./nb.ts");
    case "nn":
      return import("./nn.ts");
    case "sv":
      return import("./sv.ts");
    case "da":
      return import("./da.ts");
    case "fi":
      return import("./fi.ts");
    case "de":
      return import("./de.ts");
    default:
      return Promise.resolve({ messages: en });
  }
}
