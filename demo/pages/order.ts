import { html } from "hono/html";
import { formatMoney } from "../shop/money.ts";
import type { Order } from "../shop/order.ts";
import { isFailed } from "../shop/payment.ts";
import type { Html, Page } from "./layout.ts";

function statusOf({ status, payment }: Order): { tone: string; text: string } {
  if (status === "paid" && payment?.status === "REFUNDED") return { tone: "off", text: "Refunded" };
  if (status === "paid") return { tone: "good", text: "Paid" };
  if (status === "on-hold") return { tone: "wait", text: "On hold" };
  if (status === "cancelled") return { tone: "off", text: "Cancelled" };
  if (payment && isFailed(payment.status)) return { tone: "bad", text: "Payment failed" };
  return { tone: "wait", text: "Not paid" };
}

/** The order's status as the server knows it. */
export function badge(order: Order): Html {
  const { tone, text } = statusOf(order);
  return html`<span class="badge ${tone}">${text}</span>`;
}

function orderCard(order: Order): Html {
  return html`
    <section class="card" id="order" aria-labelledby="order-title">
      <h2 id="order-title">${order.id} ${badge(order)}</h2>
      <ul class="summary">
        ${order.lines.map(
          (line) => html`
            <li>
              <span>${line.quantity} × ${line.description}</span> <span>${formatMoney(line.amount)}</span>
            </li>
          `,
        )}
        <li class="total"><span>Total, VAT included</span> <strong>${formatMoney(order.amount)}</strong></li>
      </ul>
      ${order.address ? html`<p>Delivered to ${order.address}</p>` : ""}
      ${order.extras.map(
        (extra) =>
          html`<p class="hint">Another payment of ${formatMoney(extra.amount)} came in. ${extra.problem}</p>`,
      )}
    </section>
  `;
}

export function orderPage(order: Order): Page {
  return {
    title: order.id,
    body: html`<h1>Order ${order.id}</h1>
      ${orderCard(order)}`,
  };
}

export function ordersPage(orders: readonly Order[]): Page {
  return {
    title: "Orders",
    here: "/orders",
    body: html`
      <h1>Your orders</h1>
      ${orders.length === 0 ? html`<p class="card">None yet.</p>` : ""}
      <ul class="orders">
        ${orders.map(
          (order) => html`
            <li class="card">
              <a href="/orders/${order.id}">${order.id}</a> ${badge(order)}
              <strong>${formatMoney(order.amount)}</strong>
            </li>
          `,
        )}
      </ul>
    `,
  };
}

/** Where Dintero sends the shopper back to. No order: an app has opened another browser than the shopper's. */
export function thanksPage(order: Order | undefined): Page {
  return {
    title: "Your payment",
    scripts: ["/element/dintero-return.min.js", "/thanks.js"],
    body: html`
      <h1>Your payment</h1>
      <dintero-return endpoint="/api/checkout/status" retry-href="/cart">
        <div slot="paid">
          <h2>Thank you!</h2>
          <p>Your payment has arrived, and we are packing.</p>
          <a class="button" href="/">Back to the shop</a>
        </div>
      </dintero-return>
      ${order ? orderCard(order) : ""}
    `,
  };
}
