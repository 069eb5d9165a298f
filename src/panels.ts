import { html, nothing, type TemplateResult } from "lit";
import type { CheckoutMessages } from "./messages/checkout/index.ts";

/** What can stand in front of the frame. */
export type Panel =
  | "start"
  | "loading"
  | "redirecting"
  | "error"
  | "expired"
  | "failed"
  | "cancelled"
  | "paidElsewhere"
  | "failedElsewhere"
  | "cancelledElsewhere";

/** What a panel needs to know. */
export interface PanelContext {
  /** Missing until their language is loaded. */
  readonly texts: Readonly<Partial<Record<string, string>>> & Partial<CheckoutMessages>;
  /** In place of the error panel's general text: the merchant's own word, or that the browser is offline. */
  readonly reason: string | undefined;
  /** Whether a new attempt makes sense. */
  readonly again: boolean;
  /** Dintero's own page, where it is a way out. */
  readonly fullPage: string | null;
  readonly onClick: () => void;
}

/** What a panel says, under the keys of the messages: `expiredTitle` and `expiredText`, or `loading` alone. */
export function panelWords(panel: Panel, { texts, reason }: PanelContext) {
  const text = (panel === "error" && reason) || texts[`${panel}Text`] || texts[panel];
  return { title: texts[`${panel}Title`], text };
}

/** A panel, in the slot that the page may fill in its place. */
export function panelTemplate(panel: Panel, context: PanelContext): TemplateResult {
  const { texts, again, fullPage, onClick } = context;
  if (panel === "start") {
    // The slot listens: a click on the page's own button starts as well.
    return html`<slot name="button" @click=${onClick}><button part="button">${texts.pay}</button></slot>`;
  }
  const { title, text } = panelWords(panel, context);
  const busy = panel === "loading" || panel === "redirecting";
  const label = panel === "error" ? texts.retry : texts.startAgain;
  const content = html`<div class="panel" part=${busy ? "loading" : "error"}>
    ${busy ? html`<div class="spinner"></div>` : nothing}
    ${title ? html`<p class="title">${title}</p>` : nothing}
    <p class="text" part="message">${text}</p>
    <div class="actions">
      ${again ? html`<button part="button" @click=${onClick}>${label}</button>` : nothing}
      ${fullPage ? html`<a part="link" href=${fullPage}>${texts.openFullPage}</a>` : nothing}
    </div>
  </div>`;
  switch (panel) {
    case "loading":
    case "redirecting":
      return html`<slot name="loading">${content}</slot>`;
    case "error":
      return html`<slot name="error">${content}</slot>`;
    case "expired":
      return html`<slot name="expired">${content}</slot>`;
    default:
      return content;
  }
}
