import { html } from "hono/html";
import { sum, type Line } from "../shop/catalogue.ts";
import { formatMoney } from "../shop/money.ts";
import type { Html } from "./layout.ts";

/** What is bought, and under `label` what it costs. */
export function linesList(lines: readonly Line[], label: string): Html {
  return html`
    <ul class="rows">
      ${lines.map(
        ({ quantity, description, amount }) =>
          html`<li>
            <span class="grow">${quantity} × ${description}</span> <span>${formatMoney(amount)}</span>
          </li>`,
      )}
      ${totalRow(lines, label)}
    </ul>
  `;
}

export function totalRow(lines: readonly Line[], label: string): Html {
  return html`<li class="total"><span>${label}</span> <strong>${formatMoney(sum(lines))}</strong></li>`;
}
