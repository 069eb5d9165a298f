// @ts-check
import { html } from "hono/html";
import { giftWrap, sum } from "../shop/catalogue.js";
import { formatMoney } from "../shop/money.js";

/**
 * @param {object} checkout
 * @param {readonly import("../shop/catalogue.js").Line[]} checkout.lines
 * @param {"plain" | "express"} checkout.flow
 * @param {"embed" | "redirect"} checkout.mode
 * @param {string} checkout.checkoutUrl
 */
export function checkoutPage({ lines, flow, mode, checkoutUrl }) {
  const express = flow === "express";
  const path = express ? "/checkout/express" : "/checkout";
  const endpoint = `/api${path}`;
  // only what stands open beside it can be changed
  const wrappable = !express && mode === "embed";
  return {
    title: express ? "Express checkout" : "Checkout",
    scripts: ["/element/dintero-checkout.min.js", ...(wrappable ? ["/wrap.js"] : [])],
    body: html`
      <h1>${express ? "Express checkout" : "Checkout"}</h1>
      <div class="checkout">
        <aside class="card" aria-labelledby="summary">
          <h2 id="summary">Your order</h2>
          <div id="ordered">
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
            ${wrappable ? wrapForm(lines) : ""}
          </div>
          ${wrappable ? html`<p class="hint" id="wrap-said" role="status"></p>` : ""}
          ${express ? html`<p class="hint">Discount codes to try: SUMMER10, FRIENDS25.</p>` : ""}
          <p><a href="/cart">Change the cart</a></p>
          <nav class="switch" aria-label="Where to pay">
            ${choice(path, "embed", "Here", mode)} ${choice(path, "redirect", "At Dintero", mode)}
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

/** @param {readonly import("../shop/catalogue.js").Line[]} lines */
function wrapForm(lines) {
  const wrapped = lines.some(({ id }) => id === giftWrap.id);
  return html`
    <form id="wrap" class="wrap" method="post" action="/cart/${giftWrap.id}">
      <img src="/pictures/${giftWrap.id}.svg" alt="" width="48" height="40" />
      <p><strong>${giftWrap.name}</strong> <span>${formatMoney(giftWrap.price)}</span></p>
      <input type="hidden" name="quantity" value="${wrapped ? 0 : 1}" />
      <button class="second">
        ${wrapped ? "Remove" : "Add"}<span class="unseen"> ${giftWrap.name.toLowerCase()}</span>
      </button>
    </form>
  `;
}

/**
 * @param {string} path
 * @param {string} mode
 * @param {string} text
 * @param {string} current
 */
function choice(path, mode, text, current) {
  const href = `${path}?mode=${mode}`;
  return mode === current
    ? html`<a href="${href}" aria-current="true">${text}</a>`
    : html`<a href="${href}">${text}</a>`;
}
