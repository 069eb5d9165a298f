import { html, nothing, type TemplateResult } from "lit";
import type { PageOutcome } from "../../page-api.ts";
import { followable } from "../session-lifecycle.ts";
import type { Texts } from "../texts/en.ts";
import type { Scene } from "./page.ts";

const endings: Readonly<
  Record<PageOutcome["type"], readonly [title: keyof Texts, text: keyof Texts, look: string]>
> = {
  SessionPaymentAuthorized: ["paidTitle", "paidText", "good"],
  SessionPaymentOnHold: ["holdTitle", "holdText", "wait"],
  SessionPaymentError: ["errorTitle", "errorText", "bad"],
  SessionCancel: ["cancelTitle", "cancelText", "wait"],
};

/** After the outcome: what it was, and a way on should the merchant's page not take over. */
export function endPanel({ checkout, state, say }: Scene): TemplateResult {
  const outcome = state.outcome;
  const [title, text, look] = endings[outcome?.type ?? "SessionPaymentError"];
  const { framed, popOutWindow } = checkout.place;
  const close = popOutWindow && window.opener !== null;
  const href = outcome && followable(outcome.href) ? outcome.href : null;
  return html`
    <div class=${`panel ${look}`}>
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${say(title)}</h1>
      <p>${say(text)}</p>
      ${
        close
          ? html`<button class="primary" @click=${() => window.close()}>${say("closeWindow")}</button>`
          : href
            ? html`<a class="primary" href=${href} target="_top">${say("backToShop")}</a>`
            : nothing
      }
      ${framed || close ? nothing : html`<p class="quiet">${say("returning")}</p>`}
    </div>
  `;
}

export function gonePanel({ say }: Scene): TemplateResult {
  return html`
    <div class="panel wait">
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${say("goneTitle")}</h1>
      <p>${say("goneText")}</p>
    </div>
  `;
}

export function unreachablePanel({ checkout, say }: Scene): TemplateResult {
  return html`
    <div class="panel bad">
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${say("requestFailed")}</h1>
      <p>${say("unreachable")}</p>
      <button class="primary" @click=${() => void checkout.load()}>${say("retry")}</button>
    </div>
  `;
}
