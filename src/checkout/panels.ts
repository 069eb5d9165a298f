import { html, nothing, type TemplateResult } from "lit";
import type { CheckoutMessages } from "../messages/keys.ts";
import type { CheckoutMode } from "./checkout-mode.ts";
import type { DinteroCheckoutError, DinteroCheckoutErrorCode } from "./errors.ts";
import { refusalMessage } from "./refusal.ts";
import type { Panel } from "./shown-panel.ts";

/** After these errors Dintero's own page may still work. */
const frameErrors: readonly DinteroCheckoutErrorCode[] = [
  "frame-blocked",
  "frame-unreachable",
  "wrong-document",
];

export interface PanelOptions {
  readonly messages: CheckoutMessages;
  /** What went wrong last. */
  readonly error: DinteroCheckoutError | null;
  readonly mode: CheckoutMode;
  /** Whether an expired session can be followed by a new one. */
  readonly canStartAgain: boolean;
  /** Dintero's own page for the session. */
  readonly fullPageUrl: () => string | null;
}

/** The contents of a panel, as data: it is rendered again when they change. */
export interface PanelContent {
  readonly panel: Panel;
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly link: { readonly href: string; readonly text: string } | null;
}

export function panelContent(panel: Panel, options: PanelOptions): PanelContent {
  const { messages, canStartAgain } = options;
  const content = { panel, title: "", text: "", button: "", link: null };
  switch (panel) {
    case "start":
      return { ...content, button: messages.pay };
    case "loading":
    case "redirecting":
      return { ...content, text: messages[panel] };
    case "error":
      return {
        ...content,
        ...errorTexts(options),
        button: messages.retry,
        link: fullPageLink(options),
      };
    case "expired":
      return {
        ...content,
        title: messages.expiredTitle,
        text: messages.expiredText,
        button: canStartAgain ? messages.startAgain : "",
      };
    case "failed":
      return {
        ...content,
        title: messages.failedTitle,
        text: messages.failedText,
        button: messages.startAgain,
      };
    case "cancelled":
      return {
        ...content,
        title: messages.cancelledTitle,
        text: messages.cancelledText,
        button: messages.startAgain,
      };
    case "paidElsewhere":
    case "onHoldElsewhere":
      return { ...content, text: messages[panel] };
    case "failedElsewhere":
    case "cancelledElsewhere":
      return { ...content, text: messages[panel], button: messages.startAgain };
  }
}

/** The merchant's message stands alone: a title such as "The payment did not load" would contradict it. */
function errorTexts({ messages, error }: PanelOptions): { title: string; text: string } {
  const refusal = error && refusalMessage(error);
  if (refusal) return { title: "", text: refusal };
  return { title: messages.errorTitle, text: navigator.onLine ? messages.errorText : messages.offline };
}

function fullPageLink({ error, mode, messages, fullPageUrl }: PanelOptions): PanelContent["link"] {
  if (!error || !frameErrors.includes(error.code) || mode === "embed" || mode === "pop-out") return null;
  const href = fullPageUrl();
  return href ? { href, text: messages.openFullPage } : null;
}

/** The slot in which the page may replace a panel. */
const slots: Readonly<Record<Panel, "button" | "loading" | "error" | "expired" | null>> = {
  start: "button",
  loading: "loading",
  redirecting: null,
  error: "error",
  expired: "expired",
  failed: null,
  cancelled: null,
  paidElsewhere: null,
  onHoldElsewhere: null,
  failedElsewhere: null,
  cancelledElsewhere: null,
};

export function panelTemplate(content: PanelContent, onClick: (event: Event) => void): TemplateResult {
  const { panel, text, button } = content;
  const slot = slots[panel];
  if (panel === "start") {
    // The slot listens, so that a click on the page's own button starts as well.
    return html`<slot name=${slot!} @click=${onClick}><button part="button">${button}</button></slot>`;
  }
  const busy = panel === "loading" || panel === "redirecting";
  const box = busy ? busyTemplate(text) : messageTemplate(content, onClick);
  return slot ? html`<slot name=${slot}>${box}</slot>` : box;
}

function busyTemplate(text: string): TemplateResult {
  return html`<div class="panel" part="loading">
    <div class="spinner"></div>
    <p class="text" part="message">${text}</p>
  </div>`;
}

function messageTemplate(
  { title, text, button, link }: PanelContent,
  onClick: (event: Event) => void,
): TemplateResult {
  return html`<div class="panel" part="error">
    ${title ? html`<p class="title">${title}</p>` : nothing}
    <p class="text" part="message">${text}</p>
    <div class="actions">
      ${button ? html`<button part="button" @click=${onClick}>${button}</button>` : nothing}
      ${link ? html`<a part="link" href=${link.href}>${link.text}</a>` : nothing}
    </div>
  </div>`;
}
