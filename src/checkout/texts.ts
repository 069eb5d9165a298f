import type { ReactiveController, ReactiveControllerHost } from "lit";
import { loadCheckoutMessages, type CheckoutMessages } from "./messages/checkout/index.ts";
import { resolveLanguage, type ResolvedLanguage } from "./messages/language.ts";

interface Host extends Element, ReactiveControllerHost {
  readonly language: string | null;
  readonly messages: Partial<CheckoutMessages> | null;
  readonly hasUpdated: boolean;
}

/** The element's own texts, in the language around it. Until they are there, nothing is said in another one. */
export class Texts implements ReactiveController {
  readonly #host: Host;
  #loaded: CheckoutMessages | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get language(): ResolvedLanguage {
    return resolveLanguage(this.#host, this.#host.language);
  }

  get all(): Partial<CheckoutMessages> {
    return { ...this.#loaded, ...this.#host.messages };
  }

  hostUpdate(): void {
    const { ours } = this.language;
    const take = (texts: CheckoutMessages): void => {
      if (texts === this.#loaded || ours !== this.language.ours) return;
      this.#loaded = texts;
      this.#host.requestUpdate();
    };
    const texts = loadCheckoutMessages(ours);
    // What a server rendered has no words, and Lit's hydration has to meet it as it is: they come right after it.
    const hydrates = !this.#host.hasUpdated && this.#host.shadowRoot?.firstChild;
    if (hydrates || texts instanceof Promise) void Promise.resolve(texts).then(take);
    else this.#loaded = texts;
  }
}
