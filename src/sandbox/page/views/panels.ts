import { html, nothing, type TemplateResult } from "lit";
import type { PageOutcome } from "../../page-api.ts";
import { isFollowableHref } from "../../../core/addresses.ts";
import type { Texts } from "../texts/en.ts";
import type { ViewProps } from "./view-props.ts";

const endings: Readonly<
  Record<PageOutcome["type"], readonly [title: keyof Texts, text: keyof Texts, look: string]>
> = {
  SessionPaymentAuthorized: ["paidTitle", "paidText", "good"],
  SessionPaymentOnHold: ["holdTitle", "holdText", "wait"],
  SessionPaymentError: ["errorTitle", "errorText", "bad"],
  SessionCancel: ["cancelTitle", "cancelText", "wait"],
};

/** Shows the outcome, with a link in case the merchant's page does not take over. */
export function endPanel({ checkout, state, text }: ViewProps): TemplateResult {
  const outcome = state.outcome;
  const saved = state.view?.purpose === "save_card" && outcome?.type === "SessionPaymentAuthorized";
  const [title, explanation, look] = saved
    ? (["cardSavedTitle", "cardSavedText", "good"] as const)
    : endings[outcome?.type ?? "SessionPaymentError"];
  const { framed, popOutWindow } = checkout.place;
  const close = popOutWindow && window.opener !== null;
  const href = outcome && isFollowableHref(outcome.href) ? outcome.href : null;
  return html`
    <div class=${`panel ${look}`}>
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${text(title)}</h1>
      <p>${text(explanation)}</p>
      ${
        close
          ? html`<button class="primary" @click=${() => window.close()}>${text("closeWindow")}</button>`
          : href
            ? html`<a class="primary" href=${href} target="_top">${text("backToShop")}</a>`
            : nothing
      }
      ${framed || close ? nothing : html`<p class="quiet">${text("returning")}</p>`}
    </div>
  `;
}

export function gonePanel({ text }: ViewProps): TemplateResult {
  return html`
    <div class="panel wait">
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${text("goneTitle")}</h1>
      <p>${text("goneText")}</p>
    </div>
  `;
}

export function unreachablePanel({ checkout, text }: ViewProps): TemplateResult {
  return html`
    <div class="panel bad">
      <span class="symbol" aria-hidden="true"></span>
      <h1 tabindex="-1">${text("requestFailed")}</h1>
      <p>${text("unreachable")}</p>
      <button class="primary" @click=${() => void checkout.load()}>${text("retry")}</button>
    </div>
  `;
}
