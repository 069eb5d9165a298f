import type { ReactiveController, ReactiveControllerHost } from "lit";
import { checkoutMessages } from "../messages/index.ts";
import type { CheckoutMessages } from "../messages/keys.ts";
import { resolveLanguage, type ResolvedLanguage } from "../messages/language.ts";

interface Host extends Element, ReactiveControllerHost {
  readonly language: string | null;
  readonly messages: Partial<CheckoutMessages> | null;
  readonly hasUpdated: boolean;
}

/** The element's own texts, in the language around it. */
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
    const texts = checkoutMessages[this.language.own];
    // What a server rendered has no words, and Lit's hydration has to meet it as it is: they come right after it.
    const hydrates = !this.#host.hasUpdated && this.#host.shadowRoot?.firstChild;
    if (hydrates) queueMicrotask(() => this.#host.requestUpdate());
    else this.#loaded = texts;
  }
}
