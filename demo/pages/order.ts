import { html } from "hono/html";
import { formatMoney } from "../shop/money.ts";
import type { Order } from "../shop/order.ts";
import { isFailed } from "../shop/payment.ts";
import type { Html, Page } from "./layout.ts";
import { linesList } from "./lines.ts";

/** The order's status in the shop's database. */
export function badge({ status, payment }: Order): Html {
  const [tone, text] =
    status === "paid" && payment?.status === "REFUNDED"
      ? ["off", "Refunded"]
      : status === "open" && payment && isFailed(payment.status)
        ? ["bad", "Payment failed"]
        : badges[status];
  return html`<span class="badge ${tone}">${text}</span>`;
}

const badges: Record<Order["status"], readonly [tone: string, text: string]> = {
  open: ["wait", "Not paid"],
  "on-hold": ["wait", "On hold"],
  paid: ["good", "Paid"],
  cancelled: ["off", "Cancelled"],
};

function orderCard(order: Order): Html {
  return html`
    <section class="card" id="order" aria-labelledby="order-title">
      <h2 id="order-title">${order.id} ${badge(order)}</h2>
      ${linesList(order.lines, "Total, VAT included")}
      ${order.address ? html`<p>Delivered to ${order.address}</p>` : ""}
      ${order.extras.map(
        ({ amount, problem }) =>
          html`<p class="hint">Another payment of ${formatMoney(amount)} was received. ${problem}</p>`,
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
  const list = orders.map(
    (order) => html`
      <li>
        <a href="/orders/${order.id}">${order.id}</a> <span class="grow">${badge(order)}</span>
        <strong>${formatMoney(order.amount)}</strong>
      </li>
    `,
  );
  const body = html`
    <h1>Your orders</h1>
    ${
      orders.length > 0
        ? html`<ul class="card rows orders">
            ${list}
          </ul>`
        : html`<p class="card">No orders yet.</p>`
    }
  `;
  return { title: "Orders", here: "/orders", body };
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
