import { render } from "lit";
import type { HostedPageParams } from "./params.ts";
import type { Backend } from "./backend.ts";
import { Checkout } from "./checkout.ts";
import { HostedPage } from "./hosted-page.ts";
import { watchHeight } from "./height.ts";
import { pickLanguage, textsIn } from "./language.ts";
import type { Phase, State } from "./state.ts";
import { page } from "./views/page.ts";

/** Draws the checkout into `#checkout` and starts it. */
export function mountCheckout(params: HostedPageParams, backend: Backend): void {
  const root = document.getElementById("checkout");
  if (!root) throw new Error("The hosted page has no #checkout to draw in.");
  const framed = window.parent !== window;
  const popOutWindow = !framed && params.role === "pop_out_payment";
  const launcher = framed && params.role === "pop_out_launcher";
  let last: Phase | null = null;

  const draw = (state: State) => {
    document.documentElement.lang = state.language;
    document.title = textsIn(state.language)("title");
    render(page(checkout, state), root);
    // Screen readers read a new screen from its heading; focus is never taken from the merchant's page.
    if (last !== null && last !== state.phase && document.hasFocus()) {
      root.querySelector<HTMLElement>("h1[tabindex]")?.focus();
    }
    last = state.phase;
  };

  const language = pickLanguage(params.language, ...navigator.languages);
  const place = { ...params, framed, popOutWindow, launcher };
  const checkout = new Checkout(new HostedPage(place, backend, language, draw));
  document.documentElement.dataset.ui = framed ? params.ui : "fullscreen";
  watchHeight(root, (height) => checkout.reportHeight(height));
  void checkout.start();
}
