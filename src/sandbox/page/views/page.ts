import { html, nothing, type TemplateResult } from "lit";
import type { Checkout } from "../checkout.ts";
import { languages, textsIn, type Language } from "../language.ts";
import { merchantName, sessionOf, type State } from "../state.ts";
import { express } from "./express.ts";
import { endPanel, gonePanel, unreachablePanel } from "./panels.ts";
import { payment } from "./payment.ts";
import { popOutLauncher } from "./pop-out.ts";
import { summary } from "./summary.ts";
import type { ViewProps } from "./view-props.ts";

export function page(checkout: Checkout, state: State): TemplateResult {
  const props: ViewProps = { checkout, state, text: textsIn(state.language) };
  return html`
    ${ribbon(props)}
    <main class="page" aria-busy=${state.busy !== null || state.phase === "loading"}>${content(props)}</main>
  `;
}

function content(props: ViewProps): TemplateResult {
  const { state, text, checkout } = props;
  switch (state.phase) {
    case "loading":
      return loader(text("loading"));
    case "waiting":
      return loader(text("loaderText"));
    case "gone":
      return gonePanel(props);
    case "unreachable":
      return unreachablePanel(props);
    case "ended":
      return endPanel(props);
    case "open": {
      const session = sessionOf(state);
      if (!session) return gonePanel(props);
      const merchant = merchantName(session);
      const savesCardOnly = state.view?.purpose === "save_card";
      return html`
        <h1 class="merchant">${text(savesCardOnly ? "saveCardTo" : "payTo", { merchant })}</h1>
        <div class="columns">
          <div class="doing">
            ${session.express ? express(props, session) : nothing}
            ${checkout.place.launcher ? popOutLauncher(props) : payment(props, session)}
          </div>
          ${savesCardOnly ? nothing : summary(props, session)}
        </div>
      `;
    }
  }
}

function loader(label: string): TemplateResult {
  return html`<div class="loader" role="status">
    <span class="spinner" aria-hidden="true"></span>${label}
  </div>`;
}

/** Always shown, so that no shopper takes this checkout for a real one. */
function ribbon({ checkout, state, text }: ViewProps): TemplateResult {
  const change = (event: Event) =>
    checkout.setLanguage((event.target as HTMLSelectElement).value as Language);
  return html`
    <header class="ribbon">
      <p>
        <strong>${text("ribbon")}</strong>
        ${checkout.place.hideTestMessage ? nothing : html`<span>${text("ribbonText")}</span>`}
      </p>
      <label>
        <span class="hidden">${text("languageLabel")}</span>
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
