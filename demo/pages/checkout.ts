import { html } from "hono/html";
import type { Line } from "../shop/catalogue.ts";
import type { Page } from "./layout.ts";
import { linesList } from "./lines.ts";

interface Checkout {
  readonly lines: readonly Line[];
  readonly flow: "plain" | "express";
  readonly mode: "embed" | "redirect";
  readonly checkoutUrl: string;
}

export function checkoutPage({ lines, flow, mode, checkoutUrl }: Checkout): Page {
  const express = flow === "express";
  const title = express ? "Express checkout" : "Checkout";
  const path = express ? "/checkout/express" : "/checkout";
  const choice = (value: Checkout["mode"], text: string) => {
    const current = value === mode ? html`aria-current="true"` : "";
    return html`<a href="${path}?mode=${value}" ${current}>${text}</a>`;
  };
  return {
    title,
    scripts: ["/element/dintero-checkout.min.js"],
    body: html`
      <h1>${title}</h1>
      <div class="checkout">
        <aside class="card" aria-labelledby="summary">
          <h2 id="summary">Your order</h2>
          ${linesList(lines, express ? "Before delivery" : "To pay")}
          ${express ? html`<p class="hint">Discount codes to try: SUMMER10, FRIENDS25.</p>` : ""}
          <p><a href="/cart">Change the cart</a></p>
          <nav class="switch" aria-label="Where to pay">
            ${choice("embed", "Here")} ${choice("redirect", "At Dintero")}
          </nav>
        </aside>
        <section class="card ${mode}" aria-label="Payment">
          <dintero-checkout endpoint="/api${path}" mode="${mode}" checkout-url="${checkoutUrl}">
            <form method="post" action="/api${path}"><button>Pay at Dintero</button></form>
          </dintero-checkout>
        </section>
      </div>
    `,
  };
}
