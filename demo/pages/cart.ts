import { html } from "hono/html";
import { maxQuantity, sum, type Line } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import type { Html, Page } from "./layout.ts";

export function cartPage(lines: readonly Line[], { express }: { express: boolean }): Page {
  return { title: "Cart", here: "/cart", body: lines.length > 0 ? full(lines, express) : empty() };
}

function empty(): Html {
  return html`
    <h1>Your cart</h1>
    <p class="card">It is empty. <a href="/">Find something nice</a>.</p>
  `;
}

function full(lines: readonly Line[], express: boolean): Html {
  return html`
    <h1>Your cart</h1>
    <ul class="card lines">
      ${lines.map(
        ({ id, description, quantity, amount }) => html`
          <li>
            <img src="/pictures/${id}.svg" alt="" width="72" height="60" />
            <span class="what">${description}</span>
            <form method="post" action="/cart/${id}" class="quantity">
              <label for="quantity-${id}" class="unseen">Quantity of ${description}</label>
              <input
                id="quantity-${id}"
                name="quantity"
                type="number"
                inputmode="numeric"
                min="0"
                max="${maxQuantity}"
                value="${quantity}"
                required
              />
              <button class="plain">Set</button>
              <button class="plain" name="remove" value="yes" formnovalidate>Remove</button>
            </form>
            <strong>${formatMoney(amount)}</strong>
          </li>
        `,
      )}
      <li class="total"><span>Total, VAT included</span><strong>${formatMoney(sum(lines))}</strong></li>
    </ul>
    <p class="actions">
      <a class="button" href="/checkout">Check out</a>
      ${express ? html`<a class="button second" href="/checkout/express">Express checkout, with delivery</a>` : ""}
    </p>
  `;
}
