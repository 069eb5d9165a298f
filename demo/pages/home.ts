import { html } from "hono/html";
import { products } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import type { Page } from "./layout.ts";

export function homePage(): Page {
  return {
    title: "Shop",
    here: "/",
    body: html`
      <h1>For days outside, and the evenings after</h1>
      <ul class="products">
        ${products.map(
          ({ id, name, text, price }) => html`
            <li class="card product">
              <img src="/pictures/${id}.svg" alt="" width="240" height="200" />
              <h2>${name}</h2>
              <p>${text}</p>
              <form method="post" action="/cart">
                <strong>${formatMoney(price)}</strong>
                <input type="hidden" name="product" value="${id}" />
                <button>Add<span class="unseen"> ${name} to cart</span></button>
              </form>
            </li>
          `,
        )}
      </ul>
    `,
  };
}
