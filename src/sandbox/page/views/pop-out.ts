import { html, type TemplateResult } from "lit";
import { launcherSlot } from "../pop-out-button.ts";
import { mark } from "./method-marks.ts";
import { messages } from "./live-regions.ts";
import type { Scene } from "./page.ts";

/** The frame of a pop-out: the ways to pay, and free room where the merchant's page lays its button. */
export function popOutLauncher(scene: Scene): TemplateResult {
  const { checkout, state, say } = scene;
  const methods = state.view?.payment_methods ?? [];
  return html`
    <section class="launcher" aria-labelledby="launcher-title">
      <h2 id="launcher-title">${say("popOutIntro")}</h2>
      <ul class="marks">
        ${methods.map((method) => html`<li>${mark(method.kind)} ${say(method.kind)}</li>`)}
      </ul>
      ${messages(scene, "payment")}
      <div id=${launcherSlot}></div>
      <button id="cancel" class="plain" type="button" @click=${() => void checkout.cancel()}>
        ${say("cancel")}
      </button>
    </section>
  `;
}
