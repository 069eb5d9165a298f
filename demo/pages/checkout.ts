import { html } from "hono/html";
import { sum, type Line } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import type { Page } from "./layout.ts";

interface Checkout {
  readonly lines: readonly Line[];
  readonly flow: "plain" | "express";
  readonly mode: "embed" | "redirect";
  readonly checkoutUrl: string;
}

export function checkoutPage({ lines, flow, mode, checkoutUrl }: Checkout): Page {
  const express = flow === "express";
  const path = express ? "/checkout/express" : "/checkout";
  const endpoint = `/api${path}`;
  const choice = (value: string, text: string) => {
    const current = value === mode ? html`aria-current="true"` : "";
    return html`<a href="${path}?mode=${value}" ${current}>${text}</a>`;
  };
  return {
    title: express ? "Express checkout" : "Checkout",
    scripts: ["/element/dintero-checkout.min.js"],
    body: html`
      <h1>${express ? "Express checkout" : "Checkout"}</h1>
      <div class="checkout">
        <aside class="card" aria-labelledby="summary">
          <h2 id="summary">Your order</h2>
          <ul class="summary">
            ${lines.map(
              (line) => html`
                <li>
                  <span>${line.quantity} × ${line.description}</span>
                  <span>${formatMoney(line.amount)}</span>
                </li>
              `,
            )}
            <li class="total">
              <span>${express ? "Before delivery" : "To pay"}</span>
              <strong>${formatMoney(sum(lines))}</strong>
            </li>
          </ul>
          ${express ? html`<p class="hint">Discount codes to try: SUMMER10, FRIENDS25.</p>` : ""}
          <p><a href="/cart">Change the cart</a></p>
          <nav class="switch" aria-label="Where to pay">
            ${choice("embed", "Here")} ${choice("redirect", "At Dintero")}
          </nav>
        </aside>
        <section class="card pay ${mode}" aria-label="Payment">
          <dintero-checkout endpoint="${endpoint}" mode="${mode}" checkout-url="${checkoutUrl}">
            <form method="post" action="${endpoint}"><button>Pay at Dintero</button></form>
          </dintero-checkout>
        </section>
      </div>
    `,
  };
}
