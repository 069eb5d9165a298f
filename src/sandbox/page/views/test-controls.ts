import { html, nothing, type TemplateResult } from "lit";
import { payOutcomes, type PaymentKind, type PayOutcome } from "../../page-api.ts";
import { activeMethod, sessionOf } from "../state.ts";
import { outcomeTexts, testTexts } from "../test-texts.ts";
import type { ViewProps } from "./view-props.ts";

const appMethods: readonly (PaymentKind | undefined)[] = ["vipps", "swish", "mobilepay"];

/** The outcome of paying, as radio buttons named `outcome`. Not part of a real checkout. */
export function testControls({ checkout, state }: ViewProps, locked: boolean): TemplateResult {
  const { newerSdk, framed } = checkout.place;
  const inApp = newerSdk && framed && appMethods.includes(activeMethod(state)?.kind);
  const capturesAtOnce = sessionOf(state)?.configuration?.["auto_capture"] === true;
  const outcomes = payOutcomes.filter((outcome) => outcome !== "capture_failed" || capturesAtOnce);
  const choice = (outcome: PayOutcome) => html`
    <label>
      <input
        type="radio"
        name="outcome"
        value=${outcome}
        .checked=${state.outcomeToPlay === outcome}
        @change=${() => checkout.selectOutcome(outcome)}
      />
      <span>${outcomeTexts[outcome]}</span>
    </label>
  `;
  return html`
    <fieldset class="controls" lang="en" ?disabled=${locked}>
      <legend>${testTexts.controls}</legend>
      <p id="controls-hint">${testTexts.controlsHint}</p>
      <div class="chips" role="group" aria-describedby="controls-hint">${outcomes.map(choice)}</div>
      ${
        inApp
          ? html`<button id="pay-in-app" class="test" name="how" value="app">${testTexts.throughApp}</button>`
          : nothing
      }
    </fieldset>
  `;
}
