import { html, nothing, type TemplateResult } from "lit";
import { replaceContent } from "../elements/replace-content.ts";
import type { ReturnMessages } from "../messages/keys.ts";
import { isFinal, statusOf, type ReturnState, type ReturnStatus } from "./return-state.ts";

/** Decoration beside the heading, whose text has the whole message. */
const icons: Readonly<Record<ReturnStatus, string>> = {
  paid: "M5 12.5l4.5 4.5L19 7.5",
  failed: "M7 7l10 10M17 7L7 17",
  cancelled: "M6.5 12h11",
  "on-hold": "M12 5v7.5l5 3",
  pending: "M12 5v7.5l5 3",
};

export interface PanelOptions {
  readonly state: ReturnState;
  readonly messages: ReturnMessages;
  /** Language of the texts; "" for that of the page. */
  readonly language: string;
  /** Whether there is a status to request again. */
  readonly canRequest: boolean;
  /** Where "Back to cart" leads; null for no link. */
  readonly cartHref: string | null;
}

/** The contents of the panel, as data: it is rendered again when they change. */
export interface PanelContent {
  readonly status: ReturnStatus;
  /** Null while the status is requested: a spinner. */
  readonly icon: string | null;
  readonly title: string;
  readonly text: string;
  readonly button: string | null;
  readonly cart: { readonly href: string; readonly text: string } | null;
  readonly language: string;
}

export function panelContent(options: PanelOptions): PanelContent {
  const { state, messages, language, canRequest, cartHref } = options;
  const status = statusOf(state);
  const name = status === "on-hold" ? "onHold" : status;
  const isAtRest = state === status;
  const canTryAgain = status === "failed" || status === "cancelled";
  return {
    status,
    icon: isAtRest ? icons[status] : null,
    title: messages[`${name}Title`],
    text: state === "checking" ? "" : messages[`${name}Text`],
    button: canRequest && isAtRest && !isFinal(status) ? messages.checkAgain : null,
    cart: canTryAgain && cartHref ? { href: cartHref, text: messages.backToCart } : null,
    language,
  };
}

/** The empty panel. Nothing is bound: page translators remove the comment nodes with which Lit finds its expressions. */
export function panelTemplate(): TemplateResult {
  return html`
    <div class="panel" part="result">
      <div part="message" role="status" tabindex="-1"><div class="spinner"></div></div>
      <div class="actions"></div>
    </div>
  `;
}

/** Shows the contents in the rendered panel. */
export function fillPanel(root: ParentNode, content: PanelContent, onCheckAgain: () => void): void {
  const { status, icon, title, text, button, cart, language } = content;
  const panel = root.querySelector<HTMLElement>(".panel")!;
  panel.lang = language;
  replaceContent(
    panel.querySelector("[part=message]")!,
    html`
      ${icon ? html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg>` : html`<div class="spinner"></div>`}
      <slot name=${status}>
        <p class="title">${title}</p>
        <p class="text">${text}</p>
      </slot>
    `,
  );
  replaceContent(
    panel.querySelector(".actions")!,
    html`
      ${button ? html`<button part="button" @click=${onCheckAgain}>${button}</button>` : nothing}
      ${cart ? html`<a part="link" href=${cart.href}>${cart.text}</a>` : nothing}
    `,
  );
}
