import { html } from "hono/html";
import { formatMoney } from "../shop/money.ts";
import type { Action } from "../shop/back-office.ts";
import type { Line } from "../shop/catalogue.ts";
import type { Order } from "../shop/order.ts";
import type { Payment } from "../shop/payment.ts";
import type { Html, Page } from "./layout.ts";
import { badge } from "./order.ts";

export function officePage(orders: readonly Order[], trouble: string | undefined): Page {
  return {
    title: "Back office",
    here: "/office",
    body: html`
      <h1>Back office</h1>
      ${message(trouble)} ${orders.length === 0 ? html`<p class="card">No orders yet.</p>` : table(orders)}
    `,
  };
}

function table(orders: readonly Order[]): Html {
  return html`
    <div class="card scroll" tabindex="0" role="region" aria-label="Orders">
      <table>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Status</th>
            <th scope="col">Transaction</th>
            <th scope="col" class="number">Amount</th>
            <th scope="col" class="number">Captured</th>
            <th scope="col" class="number">Refunded</th>
          </tr>
        </thead>
        <tbody>
          ${orders.map(
            (order) => html`
              <tr>
                <th scope="row"><a href="/office/${order.id}">${order.id}</a></th>
                <td>${badge(order)}</td>
                <td>${order.payment ? html`<code>${order.payment.status}</code>` : "–"}</td>
                <td class="number">${formatMoney(order.amount)}</td>
                <td class="number">${order.payment?.captured ? formatMoney(order.payment.captured) : "–"}</td>
                <td class="number">${order.payment?.refunded ? formatMoney(order.payment.refunded) : "–"}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

export function officeOrderPage(
  order: Order,
  { trouble, done }: { trouble?: string | undefined; done?: string | undefined } = {},
): Page {
  const { payment } = order;
  return {
    title: `${order.id}, back office`,
    body: html`
      <p><a href="/office">All orders</a></p>
      <h1>${order.id} ${badge(order)}</h1>
      ${message(trouble)} ${done ? html`<p class="card note" role="status">${done}</p>` : ""}
      <div class="halves">
        <section class="card" aria-labelledby="money">
          <h2 id="money">Payment</h2>
          <dl>
            ${row("Amount", formatMoney(order.amount))} ${row("Flow", order.flow)}
            ${order.address ? row("Delivered to", order.address) : ""}
            ${payment ? paymentRows(payment) : row("Transaction", "none yet")}
            ${order.sessions.map(({ id, state }) => row(state === "over" ? "Session, over" : "Session", html`<code>${id}</code>`))}
          </dl>
          ${order.extras.map(
            (extra) => html`
              <p class="note bad">
                Another transaction, <code>${extra.transactionId}</code>, ${formatMoney(extra.amount)},
                <code>${extra.status}</code>. ${extra.problem}
              </p>
            `,
          )}
        </section>
        ${actions(order)}
      </div>
      <section class="card" aria-labelledby="history">
        <h2 id="history">What happened</h2>
        <ol class="history">
          ${order.history.map(({ at, text }) => html` <li>${time(at)} ${text}</li> `)}
        </ol>
      </section>
    `,
  };
}

function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`;
}

function paymentRows(payment: Payment): Html {
  return html`
    ${row("Transaction", html`<code>${payment.transactionId}</code>`)}
    ${row("Status", html`<code>${payment.status}</code>`)}
    ${payment.method ? row("Paid with", html`<code>${payment.method}</code>`) : ""}
    ${row("Captured", formatMoney(payment.captured))} ${row("Refunded", formatMoney(payment.refunded))}
  `;
}

function actions(order: Order): Html | "" {
  const { id, lines, payment } = order;
  const captured = payment?.capturedLines ?? [];
  const refunded = payment?.refundedLines ?? [];
  const unshipped = lines.filter((line) => !captured.includes(line.line_id));
  const returnable = lines.filter(
    (line) => captured.includes(line.line_id) && !refunded.includes(line.line_id),
  );
  if (order.status === "cancelled") return "";
  if (order.status === "open") {
    return html`
      <section class="card" aria-labelledby="actions">
        <h2 id="actions">Actions</h2>
        <form method="post" action="/office/${id}/cancel">
          <p>Nobody has paid yet. Cancelling ends the session at Dintero.</p>
          <button class="second">Cancel the order</button>
        </form>
      </section>
    `;
  }
  return html`
    <section class="card" aria-labelledby="actions">
      <h2 id="actions">Actions</h2>
      ${choose(order, { action: "capture", text: "Ship and capture", lines: unshipped })}
      ${choose(order, { action: "refund", text: "Take back and refund", lines: returnable })}
      <form method="post" action="/office/${id}/void"><button class="second">Void the payment</button></form>
      <form method="post" action="/office/${id}/cancel">
        <button class="second">Cancel the order</button>
      </form>
    </section>
  `;
}

interface Choice {
  readonly action: Action;
  readonly text: string;
  readonly lines: readonly Line[];
}

function choose(order: Order, { action, text, lines }: Choice): Html | "" {
  if (lines.length === 0) return "";
  return html`
    <form method="post" action="/office/${order.id}/${action}">
      <fieldset>
        <legend>${text}</legend>
        ${lines.map(
          (line) => html`
            <label>
              <input type="checkbox" name="line" value="${line.line_id}" checked />
              <span>${line.quantity} × ${line.description}</span> <span>${formatMoney(line.amount)}</span>
            </label>
          `,
        )}
        <button>${text}</button>
      </fieldset>
    </form>
  `;
}

function row(name: string, value: string | Html): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function message(trouble: string | undefined): Html | "" {
  return trouble ? html`<p class="card note bad" role="alert">${trouble}</p>` : "";
}
