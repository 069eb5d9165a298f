import { html, nothing, type TemplateResult } from "lit";
import type { DiscountLine, OrderItem } from "../../../dintero/order.ts";
import type { Session } from "../../session.ts";
import { money } from "../language.ts";
import type { Scene } from "./page.ts";

/** What is bought, and what it costs. */
export function summary({ state, say }: Scene, session: Session): TemplateResult {
  const { order } = session;
  const price = (amount: number) => money(amount, order.currency, state.language);
  const vat = order.vat_amount ?? sum([...(order.items ?? []), order.shipping_option]);
  const shipping = order.shipping_option;
  return html`
    <section class="summary" aria-labelledby="order-title">
      <h2 id="order-title">${say("yourOrder")}</h2>
      <ul class="items">
        ${(order.items ?? []).map((item) => line(item))}
      </ul>
      <dl class="sums">
        ${(order.discount_lines ?? []).map((discount) => reduced(discount))}
        ${
          shipping
            ? html`<div>
                <dt>${shipping.title || say("shipping")}</dt>
                <dd>${shipping.amount === 0 ? say("free") : price(shipping.amount)}</dd>
              </div>`
            : nothing
        }
        ${
          vat
            ? html`<div class="quiet">
                <dt>${say("vatIncluded")}</dt>
                <dd>${price(vat)}</dd>
              </div>`
            : nothing
        }
        <div class="total">
          <dt>${say("total")}</dt>
          <dd>${price(order.amount)}</dd>
        </div>
      </dl>
      <p class="quiet reference">${say("reference", { reference: order.merchant_reference })}</p>
    </section>
  `;

  function line(item: OrderItem): TemplateResult {
    return html`<li>
      ${
        item.thumbnail_url && /^https?:/.test(item.thumbnail_url)
          ? html`<img src=${item.thumbnail_url} alt="" width="44" height="44" />`
          : nothing
      }
      <span class="what">
        ${item.description || item.id}
        ${
          item.quantity === 1
            ? nothing
            : html`<span class="quiet"
                >${say("quantity", { count: item.quantity.toLocaleString(state.language) })}</span
              >`
        }
        ${(item.discount_lines ?? []).map(
          (discount) =>
            html`<span class="saved"
              >${discount.description || say("discount")} −${price(discount.amount)}</span
            >`,
        )}
      </span>
      <span class="price">${price(item.amount)}</span>
    </li>`;
  }

  function reduced(discount: DiscountLine): TemplateResult {
    return html`<div class="saved">
      <dt>${discount.description || say("discount")}</dt>
      <dd>−${price(discount.amount)}</dd>
    </div>`;
  }
}

function sum(lines: readonly ({ readonly vat_amount?: number } | undefined)[]): number {
  return lines.reduce((total, line) => total + (line?.vat_amount ?? 0), 0);
}
