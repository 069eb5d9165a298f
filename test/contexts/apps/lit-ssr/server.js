import { render as renderLit } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import "dintero-checkout-element";
import { html } from "lit";

export const render = () =>
  collectResult(
    renderLit(html`
      <dintero-checkout
        class="pay"
        endpoint="/api/checkout"
        checkout-url="%CHECKOUT%"
        language="nb"
      ></dintero-checkout>
    `),
  );
