// @ts-check
import { html } from "hono/html";
import { formatMoney } from "../shop/money.js";
import { badge } from "./order.js";

/** @typedef {import("../shop/order.js").Order} Order */

/**
 * @param {readonly Order[]} orders
 * @param {string | undefined} trouble
 */
export function officePage(orders, trouble) {
  return {
    title: "Back office",
    here: "/office",
    body: html`
      <h1>Back office</h1>
      ${message(trouble)} ${orders.length === 0 ? html`<p class="card">No orders yet.</p>` : table(orders)}
    `,
  };
}

/** @param {readonly Order[]} orders */
function table(orders) {
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

/**
 * @param {Order} order
 * @param {{ trouble?: string | undefined, done?: string | undefined }} [said]
 */
export function officeOrderPage(order, { trouble, done } = {}) {
  const { payment } = order;
  return {
    title: `${order.id}, back office`,
    body: html`
      <p><a href="/office">All orders</a></p>
      <h1>${order.id} ${badge(order)}</h1>
      ${message(trouble)} ${done ? html`<p class="card said" role="status">${done}</p>` : ""}
      <div class="halves">
        <section class="card" aria-labelledby="money">
          <h2 id="money">Payment</h2>
          <dl>
            ${row("Amount", formatMoney(order.amount))} ${row("Flow", order.flow)}
            ${order.address ? row("Delivered to", order.address) : ""}
            ${payment ? paymentRows(payment) : row("Transaction", "none yet")}
            ${order.sessions.map(({ id, over }) => row(over ? "Session, over" : "Session", html`<code>${id}</code>`))}
          </dl>
          ${order.extras.map(
            (extra) => html`
              <p class="said bad">
                Another transaction, <code>${extra.transactionId}</code>, ${formatMoney(extra.amount)},
                <code>${extra.status}</code>. ${extra.note}
              </p>
            `,
          )}
        </section>
        ${actions(order)}
      </div>
      <section class="card" aria-labelledby="history">
        <h2 id="history">What happened</h2>
        <ol class="history">
          ${order.history.map(
            ({ at, text }) => html`
              <li><time datetime="${at}">${at.slice(0, 19).replace("T", " ")}</time> ${text}</li>
            `,
          )}
        </ol>
      </section>
    `,
  };
}

/** @param {import("../shop/order.js").Payment} payment */
function paymentRows(payment) {
  return html`
    ${row("Transaction", html`<code>${payment.transactionId}</code>`)}
    ${row("Status", html`<code>${payment.status}</code>`)}
    ${payment.method ? row("Paid with", html`<code>${payment.method}</code>`) : ""}
    ${row("Captured", formatMoney(payment.captured))} ${row("Refunded", formatMoney(payment.refunded))}
  `;
}

/** @param {Order} order */
function actions(order) {
  const { id, lines, payment } = order;
  const captured = payment?.capturedLines ?? [];
  const refunded = payment?.refundedLines ?? [];
  const unshipped = lines.filter((line) => !captured.includes(line.line_id));
  const returnable = lines.filter(
    (line) => captured.includes(line.line_id) && !refunded.includes(line.line_id),
  );
  const over = order.status === "cancelled";
  if (over) return "";
  if (order.status === "open") {
    return html`
      <section class="card" aria-labelledby="act">
        <h2 id="act">Actions</h2>
        <form method="post" action="/office/${id}/cancel">
          <p>Nobody has paid yet. Cancelling ends the session at Dintero.</p>
          <button class="second">Cancel the order</button>
        </form>
      </section>
    `;
  }
  return html`
    <section class="card" aria-labelledby="act">
      <h2 id="act">Actions</h2>
      ${unshipped.length > 0 ? choose(id, "capture", "Ship and capture", unshipped) : ""}
      ${returnable.length > 0 ? choose(id, "refund", "Take back and refund", returnable) : ""}
      <form method="post" action="/office/${id}/void"><button class="second">Void the payment</button></form>
      <form method="post" action="/office/${id}/cancel">
        <button class="second">Cancel the order</button>
      </form>
    </section>
  `;
}

/**
 * @param {string} id
 * @param {"capture" | "refund"} action
 * @param {string} text
 * @param {readonly import("../shop/catalogue.js").Line[]} lines
 */
function choose(id, action, text, lines) {
  return html`
    <form method="post" action="/office/${id}/${action}">
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

/**
 * @param {string} name
 * @param {unknown} value
 */
function row(name, value) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** @param {string | undefined} trouble */
function message(trouble) {
  return trouble ? html`<p class="card said bad" role="alert">${trouble}</p>` : "";
}
