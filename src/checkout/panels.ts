import { html, nothing, type TemplateResult } from "lit";
import type { CheckoutMessages } from "../messages/keys.ts";
import type { CheckoutState } from "./state.ts";

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
  /** Whether an expired session can be followed by a new one. */
  readonly renewable: boolean;
  /** Dintero's own page, where it is a way out. */
  readonly fullPage: string | null;
  readonly onClick: () => void;
}

/** What stands in front of the frame where no event's default action put something there. */
export function panelOf(state: CheckoutState, trigger: string, redirects: boolean): Panel | null {
  if (state === "creating" || state === "loading") return "loading";
  // The page prevented the redirect, or came back from it: the way there stays open.
  if (state === "redirecting") return "start";
  if (state !== "idle") return null;
  if (trigger === "click" || redirects) return "start";
  return trigger === "manual" ? null : "loading";
}

/** The panel with what it says aloud, and the page's own way below it where nothing else works. */
export function panelTemplate(panel: Panel | null, context: PanelContext): TemplateResult {
  const { texts, reason } = context;
  const title = texts[`${panel}Title`];
  const text = (panel === "error" && reason) || texts[`${panel}Text`] || texts[`${panel}`];
  return html`
    <div class="front">${panel ? content(panel, title, text, context) : nothing}</div>
    <div class="live" role="status">${title} ${text}</div>
  `;
}

/** A panel, in the slot that the page may fill in its place. Its words go by its name: `expiredTitle`, `loading`. */
function content(
  panel: Panel,
  title: string | undefined,
  text: string | undefined,
  { texts, renewable, fullPage, onClick }: PanelContext,
): TemplateResult {
  if (panel === "start") {
    // The slot listens: a click on the page's own button starts as well.
    return html`<slot name="button" @click=${onClick}><button part="button">${texts.pay}</button></slot>`;
  }
  const busy = panel === "loading" || panel === "redirecting";
  const again = !busy && panel !== "paidElsewhere" && (renewable || panel !== "expired");
  const label = panel === "error" ? texts.retry : texts.startAgain;
  const filled = html`<div class="panel" part=${busy ? "loading" : "error"}>
    ${busy ? html`<div class="spinner"></div>` : nothing}
    ${title ? html`<p class="title">${title}</p>` : nothing}
    <p class="text" part="message">${text}</p>
    <div class="actions">
      ${again ? html`<button part="button" @click=${onClick}>${label}</button>` : nothing}
      ${fullPage ? html`<a part="link" href=${fullPage}>${texts.openFullPage}</a>` : nothing}
    </div>
  </div>`;
  const slot = busy ? "loading" : panel;
  return /^(loading|error|expired)$/.test(slot) ? html`<slot name=${slot}>${filled}</slot>` : filled;
}
