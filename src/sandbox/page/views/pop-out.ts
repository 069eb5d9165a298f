import { html, type TemplateResult } from "lit";
import { popOutButtonSlot } from "../pop-out-button.ts";
import { methodName } from "./method-choice.ts";
import { mark } from "./method-marks.ts";
import { liveRegions } from "./live-regions.ts";
import type { ViewProps } from "./view-props.ts";

/** The frame of a pop-out: the payment methods, and an empty slot where the merchant's page lays its button. */
export function popOutLauncher(props: ViewProps): TemplateResult {
  const { checkout, state, text } = props;
  const methods = state.view?.payment_methods ?? [];
  return html`
    <section class="launcher" aria-labelledby="launcher-title">
      <h2 id="launcher-title">${text("popOutIntro")}</h2>
      <ul class="marks">
        ${methods.map((method) => html`<li>${mark(method.kind)} ${methodName(method, text)}</li>`)}
      </ul>
      ${liveRegions(props, "payment")}
      <div id=${popOutButtonSlot}></div>
      <button id="cancel" class="plain" type="button" @click=${() => void checkout.cancel()}>
        ${text("cancel")}
      </button>
    </section>
  `;
}
