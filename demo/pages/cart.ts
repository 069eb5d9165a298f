import { html } from "hono/html";
import { maxQuantity, type Line } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import type { Html, Page } from "./layout.ts";
import { totalRow } from "./lines.ts";

export function cartPage(lines: readonly Line[], { express }: { express: boolean }): Page {
  const full = html`
    <ul class="card rows">
      ${lines.map(row)} ${totalRow(lines, "Total, VAT included")}
    </ul>
    <p class="actions">
      <a class="button" href="/checkout">Check out</a>
      ${express ? html`<a class="button second" href="/checkout/express">Express checkout, with delivery</a>` : ""}
    </p>
  `;
  const empty = html`<p class="card">Your cart is empty. <a href="/">Find something nice</a>.</p>`;
  return {
    title: "Cart",
    here: "/cart",
    body: html`<h1>Your cart</h1>
      ${lines.length > 0 ? full : empty}`,
  };
}

function row({ id, description, quantity, amount }: Line): Html {
  return html`
    <li>
      <img src="/pictures/${id}.svg" alt="" width="72" height="60" />
      <span class="grow">${description}</span>
      <form method="post" action="/cart/${id}" class="actions">
        <label for="quantity-${id}" class="unseen">Quantity of ${description}</label>
        <input
          id="quantity-${id}"
          name="quantity"
          type="number"
          min="0"
          max="${maxQuantity}"
          value="${quantity}"
        />
        <button class="second">Set</button>
        <button class="second" name="remove" value="yes">Remove</button>
      </form>
      <strong>${formatMoney(amount)}</strong>
    </li>
  `;
}
