import { html, nothing, type TemplateResult } from "lit";
import type { DiscountLine, OrderItem } from "../../../dintero/order.ts";
import type { Session } from "../../session.ts";
import { money } from "../language.ts";
import type { ViewProps } from "./view-props.ts";

/** What is bought, and what it costs. */
export function summary({ state, text }: ViewProps, session: Session): TemplateResult {
  const { order } = session;
  const price = (amount = 0) => money(amount, order.currency, state.language);
  const vat = order.vat_amount ?? sum([...(order.items ?? []), order.shipping_option]);
  const shipping = order.shipping_option;
  return html`
    <section class="summary" aria-labelledby="order-title">
      <h2 id="order-title">${text("yourOrder")}</h2>
      <ul class="items">
        ${(order.items ?? []).map((item) => line(item))}
      </ul>
      <dl class="sums">
        ${(order.discount_lines ?? []).map((discount) => reduced(discount))}
        ${
          shipping
            ? html`<div>
                <dt>${shipping.title || text("shipping")}</dt>
                <dd>${shipping.amount === 0 ? text("free") : price(shipping.amount)}</dd>
              </div>`
            : nothing
        }
        ${
          vat
            ? html`<div class="quiet">
                <dt>${text("vatIncluded")}</dt>
                <dd>${price(vat)}</dd>
              </div>`
            : nothing
        }
        <div class="total">
          <dt>${text("total")}</dt>
          <dd>${price(order.amount)}</dd>
        </div>
      </dl>
      <p class="quiet reference">${text("reference", { reference: order.merchant_reference })}</p>
    </section>
  `;

  function line(item: OrderItem): TemplateResult {
    const { quantity = 1, thumbnail_url } = item;
    return html`<li class=${isCorrection(item) ? "correction" : ""}>
      ${
        thumbnail_url && /^https?:/.test(thumbnail_url)
          ? html`<img src=${thumbnail_url} alt="" width="44" height="44" />`
          : nothing
      }
      <span class="what">
        ${isCorrection(item) ? text("correction") : item.description || item.id}
        ${isCorrection(item) ? html`<span>${text("correctionHint")}</span>` : nothing}
        ${
          quantity === 1
            ? nothing
            : html`<span class="quiet">
                ${text("quantity", { count: quantity.toLocaleString(state.language) })}
              </span>`
        }
        ${(item.discount_lines ?? []).map(
          (discount) =>
            html`<span class="saved">
              ${discount.description || text("discount")} −${price(discount.amount)}
            </span>`,
        )}
      </span>
      <span class="price">${price(item.amount)}</span>
    </li>`;
  }

  function reduced(discount: DiscountLine): TemplateResult {
    return html`<div class="saved">
      <dt>${discount.description || text("discount")}</dt>
      <dd>−${price(discount.amount)}</dd>
    </div>`;
  }
}

/** The item that Dintero adds where a merchant's express answer has the wrong amount. */
function isCorrection({ id, description }: OrderItem): boolean {
  return id?.startsWith("correction-") === true && description === "Correction";
}

function sum(lines: readonly ({ readonly vat_amount?: number } | undefined)[]): number {
  return lines.reduce((total, line) => total + (line?.vat_amount ?? 0), 0);
}
