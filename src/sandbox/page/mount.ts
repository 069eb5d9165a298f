import { render } from "lit";
import type { HostedPageParams } from "../page-api.ts";
import type { Backend } from "./backend.ts";
import { Checkout } from "./checkout.ts";
import { Desk } from "./page-context.ts";
import { watchHeight } from "./height.ts";
import { pickLanguage, speak } from "./language.ts";
import type { Phase, State } from "./state.ts";
import { page } from "./views/page.ts";

/** Brings the document to life. */
export function begin(params: HostedPageParams, backend: Backend): void {
  const root = document.getElementById("checkout");
  if (!root) throw new Error("The hosted page has no #checkout to draw in.");
  const framed = window.parent !== window;
  const popOutWindow = !framed && params.role === "pop_out_payment";
  const launcher = framed && params.role === "pop_out_launcher";
  let last: Phase | null = null;

  const draw = (state: State) => {
    document.documentElement.lang = state.language;
    document.title = speak(state.language)("title");
    render(page(checkout, state), root);
    // A new screen is read from its heading, but only to who is already in here.
    if (last !== null && last !== state.phase && document.hasFocus()) {
      root.querySelector<HTMLElement>("h1[tabindex]")?.focus();
    }
    last = state.phase;
  };

  const language = pickLanguage(params.language, ...navigator.languages);
  const place = { ...params, framed, popOutWindow, launcher };
  const checkout = new Checkout(new Desk(place, backend, language, draw));
  document.documentElement.dataset.ui = framed ? params.ui : "fullscreen";
  watchHeight(root, (height) => checkout.reportHeight(height));
  void checkout.start();
}
