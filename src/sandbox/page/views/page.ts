import { html, nothing, type TemplateResult } from "lit";
import type { Checkout } from "../checkout.ts";
import { languages, speak, type Language, type Say } from "../language.ts";
import { merchantName, sessionOf, type State } from "../state.ts";
import { express } from "./express.ts";
import { endPanel, gonePanel, unreachablePanel } from "./panels.ts";
import { payment } from "./payment.ts";
import { popOutLauncher } from "./pop-out.ts";
import { summary } from "./summary.ts";

/** What every view gets: the behaviour, what is so, and the words for it. */
export interface Scene {
  readonly checkout: Checkout;
  readonly state: State;
  readonly say: Say;
}

export function page(checkout: Checkout, state: State): TemplateResult {
  const scene: Scene = { checkout, state, say: speak(state.language) };
  return html`
    ${ribbon(scene)}
    <main class="page" aria-busy=${state.busy !== null || state.phase === "loading"}>${content(scene)}</main>
  `;
}

function content(scene: Scene): TemplateResult {
  const { state, say, checkout } = scene;
  switch (state.phase) {
    case "loading":
      return loader(say("loading"));
    case "waiting":
      return loader(say("loaderText"));
    case "gone":
      return gonePanel(scene);
    case "unreachable":
      return unreachablePanel(scene);
    case "ended":
      return endPanel(scene);
    case "open": {
      const session = sessionOf(state);
      if (!session) return gonePanel(scene);
      const merchant = merchantName(session);
      return html`
        <h1 class="merchant">${say("payTo", { merchant })}</h1>
        <div class="columns">
          <div class="doing">
            ${session.express ? express(scene, session) : nothing}
            ${checkout.place.launcher ? popOutLauncher(scene) : payment(scene, session)}
          </div>
          ${summary(scene, session)}
        </div>
      `;
    }
  }
}

function loader(text: string): TemplateResult {
  return html`<div class="loader" role="status">
    <span class="spinner" aria-hidden="true"></span>${text}
  </div>`;
}

/** Says always that this is a test: a pretend checkout must never be taken for a real one. */
function ribbon({ checkout, state, say }: Scene): TemplateResult {
  const change = (event: Event) =>
    checkout.setLanguage((event.target as HTMLSelectElement).value as Language);
  return html`
    <header class="ribbon">
      <p>
        <strong>${say("ribbon")}</strong>
        ${checkout.place.hideTestMessage ? nothing : html`<span>${say("ribbonText")}</span>`}
      </p>
      <label>
        <span class="hidden">${say("languageLabel")}</span>
        <select id="language" @change=${change}>
          ${Object.entries(languages).map(
            ([code, name]) =>
              html`<option value=${code} lang=${code} ?selected=${code === state.language}>${name}</option>`,
          )}
        </select>
      </label>
    </header>
  `;
}
