import { html } from "hono/html";
import type { Action } from "../shop/back-office.ts";
import type { Line } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import { isBusy, select, type Operation } from "../shop/operation.ts";
import type { Order } from "../shop/order.ts";
import { isReturnable } from "../shop/second-payment.ts";
import type { Html, Page } from "./layout.ts";
import { badge } from "./order.ts";

export function officePage(orders: readonly Order[], problem: string | undefined): Page {
  return {
    title: "Back office",
    here: "/office",
    body: html`
      <h1>Back office</h1>
      ${alert(problem)} ${orders.length === 0 ? html`<p class="card">No orders yet.</p>` : table(orders)}
    `,
  };
}

function table(orders: readonly Order[]): Html {
  const row = (order: Order) => html`
    <tr>
      <th scope="row"><a href="/office/${order.id}">${order.id}</a></th>
      <td>${badge(order)}</td>
      <td>${order.payment ? html`<code>${order.payment.status}</code>` : "–"}</td>
      ${[order.amount, order.payment?.captured, order.payment?.refunded].map(
        (amount) => html`<td class="number">${amount ? formatMoney(amount) : "–"}</td>`,
      )}
    </tr>
  `;
  return html`
    <div class="card scroll" tabindex="0" role="region" aria-label="Orders">
      <table>
        <thead>
          <tr>
            ${["Order", "Status", "Transaction"].map((name) => html`<th scope="col">${name}</th>`)}
            ${["Amount", "Captured", "Refunded"].map((name) => html`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${orders.map(row)}
        </tbody>
      </table>
    </div>
  `;
}

interface Report {
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export function officeOrderPage(order: Order, { problem, done }: Report = {}): Page {
  return {
    title: `${order.id}, back office`,
    body: html`
      <p><a href="/office">All orders</a></p>
      <h1>${order.id} ${badge(order)}</h1>
      ${alert(problem)} ${done ? html`<p class="card good" role="status">${done}</p>` : ""}
      <div class="halves">
        <section class="card" aria-labelledby="money">
          <h2 id="money">Payment</h2>
          ${details(order)}
          ${order.payment?.operations.filter(({ state }) => state !== "done").map(operationNote)}
          ${order.extras.map(
            ({ transactionId, amount, status, problem }) => html`
              <p class="note bad">
                Another transaction, <code>${transactionId}</code>, ${formatMoney(amount)},
                <code>${status}</code>. ${problem}
              </p>
            `,
          )}
        </section>
        ${order.status === "cancelled" ? "" : actions(order)} ${returnForm(order)}
      </div>
      <section class="card" aria-labelledby="history">
        <h2 id="history">History</h2>
        <ol>
          ${order.history.map(({ at, text }) => html`<li>${time(at)} ${text}</li>`)}
        </ol>
      </section>
    `,
  };
}

function details({ amount, flow, address, payment, sessions }: Order): Html {
  const rows: [name: string, value: string | Html | undefined][] = [
    ["Amount", formatMoney(amount)],
    ["Checkout", flow === "express" ? "Express" : "Standard"],
    ["Delivered to", address],
    ["Transaction", payment ? html`<code>${payment.transactionId}</code>` : "none yet"],
    ["Status", payment && html`<code>${payment.status}</code>`],
    ["Paid with", payment?.method && html`<code>${payment.method}</code>`],
    ["Captured", payment && formatMoney(payment.captured)],
    ["Refunded", payment && formatMoney(payment.refunded)],
    ...sessions.map(({ id, state }): [string, Html] => [`Session (${state})`, html`<code>${id}</code>`]),
  ];
  const shown = rows.filter(([, value]) => value !== undefined);
  return html`
    <dl class="rows">
      ${shown.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  `;
}

function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`;
}

function actions({ id, status, lines, payment }: Order): Html {
  const isCaptured = (line: Line) => payment?.capturedLines.includes(line.line_id);
  const isRefunded = (line: Line) => payment?.refundedLines.includes(line.line_id);
  const form = (action: Action, content: Html) =>
    html`<form method="post" action="/office/${id}/${action}">${content}</form>`;
  const operations = payment?.operations ?? [];
  const pendingLines = (kind: Operation["kind"]) =>
    select(operations, kind, "pending").flatMap(({ lineIds }) => lineIds);
  const capturing = pendingLines("capture");
  const refunding = pendingLines("refund");
  const isVoiding = select(operations, "void", "pending").length > 0;
  const choose = (action: Action, text: string, offered: readonly Line[]) =>
    offered.length === 0 ? "" : form(action, lineChoice(text, offered));
  const paid = html`
    ${choose(
      "capture",
      "Ship and capture",
      lines.filter((line) => !isVoiding && !isCaptured(line) && !capturing.includes(line.line_id)),
    )}
    ${choose(
      "refund",
      "Take back and refund",
      lines.filter((line) => isCaptured(line) && !isRefunded(line) && !refunding.includes(line.line_id)),
    )}
    ${isBusy(operations) ? "" : form("void", html`<button class="second">Void the payment</button>`)}
  `;
  return html`
    <section class="card" aria-labelledby="actions">
      <h2 id="actions">Actions</h2>
      ${status === "open" ? html`<p>Not paid yet. Cancelling ends the session at Dintero.</p>` : paid}
      ${form("cancel", html`<button class="second">Cancel the order</button>`)}
    </section>
  `;
}

function operationNote({ kind, state, amount, error }: Operation): Html {
  const what = kind === "void" ? "The void" : `The ${kind} of ${formatMoney(amount)}`;
  return state === "pending"
    ? html`<p class="note">${what} is accepted by Dintero, and not done yet.</p>`
    : html`<p class="note bad">${what} failed${error ? `: ${error}` : "."} You can repeat it.</p>`;
}

/** For a payment besides the order's own, whose return has failed. */
function returnForm({ id, extras }: Order): Html | "" {
  const isLeft = extras.some(({ status, operations }) => isReturnable(status) && !isBusy(operations));
  if (!isLeft) return "";
  return html`
    <section class="card" aria-labelledby="return">
      <h2 id="return">Money to return</h2>
      <form method="post" action="/office/${id}/return"><button>Return the other payment</button></form>
    </section>
  `;
}

function lineChoice(text: string, lines: readonly Line[]): Html {
  return html`
    <fieldset class="rows">
      <legend>${text}</legend>
      ${lines.map(
        ({ line_id: id, quantity, description, amount }) => html`
          <label>
            <input type="checkbox" name="line" value="${id}" checked />
            <span class="grow">${quantity} × ${description}</span> <span>${formatMoney(amount)}</span>
          </label>
        `,
      )}
      <button>${text}</button>
    </fieldset>
  `;
}

function alert(problem: string | undefined): Html | "" {
  return problem ? html`<p class="card bad" role="alert">${problem}</p>` : "";
}
