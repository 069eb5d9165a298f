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

/** What a panel needs to know; texts are missing until their language is loaded. */
export interface PanelContext {
  readonly texts: Partial<CheckoutMessages>;
  /** In place of the error panel's general text: the merchant's own word, or that the browser is offline. */
  readonly reason: keyof CheckoutMessages | { readonly text: string };
  /** Whether a new attempt makes sense. */
  readonly again: boolean;
  /** Dintero's own page, where it is a way out. */
  readonly fullPage: string | null;
  readonly onClick: () => void;
}

type Key = keyof CheckoutMessages;
const words: Record<Panel, readonly [title: Key | null, text: Key, button: Key | null]> = {
  start: [null, "pay", "pay"],
  loading: [null, "loading", null],
  redirecting: [null, "redirecting", null],
  error: ["errorTitle", "errorText", "retry"],
  expired: ["expiredTitle", "expiredText", "startAgain"],
  failed: ["failedTitle", "failedText", "startAgain"],
  cancelled: ["cancelledTitle", "cancelledText", "startAgain"],
  paidElsewhere: [null, "paidElsewhere", null],
  failedElsewhere: [null, "failedElsewhere", "startAgain"],
  cancelledElsewhere: [null, "cancelledElsewhere", "startAgain"],
};

/** A panel, in the slot that the page may fill in its place. */
export function panelTemplate(panel: Panel, context: PanelContext): TemplateResult {
  const { texts, again, fullPage, onClick } = context;
  const [title, , label] = words[panel];
  if (panel === "start") {
    // The slot listens: a click on the page's own button starts as well.
    const own = html`<button part="button" type="button">${texts.pay}</button>`;
    return html`<div class="start"><slot name="button" @click=${onClick}>${own}</slot></div>`;
  }
  const button = html`<button part="button" type="button" @click=${onClick}>
    ${label && texts[label]}
  </button>`;
  const busy = panel === "loading" || panel === "redirecting";
  const content = html`<div class="panel" part=${busy ? "loading" : "error"}>
    ${busy ? html`<div class="spinner"></div>` : nothing}
    ${title ? html`<p class="title">${texts[title]}</p>` : nothing}
    <p class="text" part="message">${panelText(panel, context)}</p>
    ${
      (label && again) || fullPage
        ? html`<div class="actions">
            ${label && again ? button : nothing}
            ${fullPage ? html`<a part="link" href=${fullPage}>${texts.openFullPage}</a>` : nothing}
          </div>`
        : nothing
    }
  </div>`;
  if (busy) return html`<slot name="loading">${content}</slot>`;
  if (panel === "error") return html`<slot name="error">${content}</slot>`;
  if (panel === "expired") return html`<slot name="expired">${content}</slot>`;
  return content;
}

/** What is read out when the panel appears. */
export function announcement(panel: Panel | null, context: PanelContext): string {
  if (!panel || panel === "start") return "";
  const [title] = words[panel];
  return [title && context.texts[title], panelText(panel, context)].filter(Boolean).join(". ");
}

function panelText(panel: Panel, { texts, reason }: PanelContext): string {
  const said = panel === "error" ? reason : words[panel][1];
  return typeof said === "object" ? said.text : (texts[said] ?? "");
}
