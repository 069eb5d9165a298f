import { html, nothing, type TemplateResult } from "lit";
import type { Address } from "../../../dintero/address.ts";
import type { ShippingOption } from "../../../dintero/shipping-option.ts";
import type { Session } from "../../session.ts";
import { money } from "../language.ts";
import { isLocked } from "../state.ts";
import { addressForm } from "./address.ts";
import type { Texts } from "../texts/en.ts";
import { fieldValue } from "./method-fields.ts";
import { liveRegions } from "./live-regions.ts";
import type { ViewProps } from "./view-props.ts";

/** The steps of an express session before it can be paid: address, delivery and discount codes. */
export function express(props: ViewProps, session: Session): TemplateResult {
  const delivery = props.state.view?.delivery;
  return html`
    ${delivery === "not_required" ? nothing : deliveryStep(props, session)}
    ${props.state.view?.discount_codes ? discounts(props, session) : nothing}
    ${liveRegions(props, "delivery")}
  `;
}

function deliveryStep(props: ViewProps, session: Session): TemplateResult {
  const { checkout, state, text } = props;
  const address = session.order.shipping_address;
  const editing = !address || state.editingAddress;
  return html`
    <section class="delivery" aria-labelledby="delivery-title">
      <h2 id="delivery-title">${text("delivery")}</h2>
      ${
        editing
          ? addressForm(props, session)
          : html`<div class="given">
              <p><span class="quiet">${text("deliverTo")}</span> ${oneLine(address)}</p>
              <button
                id="change-address"
                class="plain"
                type="button"
                ?disabled=${isLocked(state)}
                @click=${() => checkout.editAddress()}
              >
                ${text("changeAddress")}
              </button>
            </div>`
      }
      ${!editing && state.view?.delivery === "available" ? options(props, session) : nothing}
    </section>
  `;
}

function options(props: ViewProps, session: Session): TemplateResult {
  const { text, state } = props;
  return html`
    <fieldset class="methods" ?disabled=${isLocked(state)}>
      <legend><h3>${text("shippingOptions")}</h3></legend>
      ${(session.express?.shipping_options ?? []).map((option) => choice(props, session, option))}
    </fieldset>
  `;
}

const deliveryTexts: Readonly<Record<NonNullable<ShippingOption["delivery_method"]>, keyof Texts | null>> = {
  delivery: "deliveryMethod",
  pick_up: "pick_up",
  none: "noDelivery",
  unspecified: null,
};

function choice(
  { checkout, state, text }: ViewProps,
  session: Session,
  option: ShippingOption,
): TemplateResult {
  const chosen = session.order.shipping_option?.line_id === option.line_id;
  const delivery = deliveryTexts[option.delivery_method ?? "delivery"];
  const choose = () => void checkout.chooseShipping({ line_id: option.line_id });
  return html`
    <div class=${chosen ? "method active" : "method"}>
      <label>
        <input type="radio" name="shipping" value=${option.line_id} .checked=${chosen} @change=${choose} />
        <span class="name">
          ${option.title}
          <span class="quiet">
            ${delivery ? html`<span class="tag">${text(delivery)}</span>` : nothing}
            ${[option.operator, option.description].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span class="price">
          ${option.amount === 0 ? text("free") : money(option.amount, session.order.currency, state.language)}
        </span>
      </label>
    </div>
  `;
}

function discounts({ checkout, state, text }: ViewProps, session: Session): TemplateResult {
  const codes = session.order.discount_codes ?? [];
  const hasRoom = codes.length < (state.view?.discount_codes?.max_count ?? 0);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const code = fieldValue(form, "code");
    if (code) void checkout.setDiscountCodes([...codes, code]).then(() => form.reset());
  };
  return html`
    <form class="discounts" @submit=${submit}>
      <ul class="codes">
        ${codes.map(
          (code) =>
            html`<li>
              <span>${code}</span>
              <button
                type="button"
                class="plain"
                aria-label=${text("removeCode", { code })}
                ?disabled=${isLocked(state)}
                @click=${() => void checkout.setDiscountCodes(codes.filter((other) => other !== code))}
              >
                ×
              </button>
            </li>`,
        )}
      </ul>
      ${
        hasRoom
          ? html`<label class="field">
                <span>${text("discountCode")}</span>
                <input name="code" autocomplete="off" ?disabled=${isLocked(state)} />
              </label>
              <button class="secondary" ?disabled=${isLocked(state)} aria-disabled=${state.busy !== null}>
                ${text("applyCode")}
              </button>`
          : nothing
      }
    </form>
  `;
}

function oneLine(address: Address): string {
  const name = [address.first_name, address.last_name].filter(Boolean).join(" ");
  const place = [address.postal_code, address.postal_place].filter(Boolean).join(" ");
  return [name, address.address_line, place, address.country].filter(Boolean).join(", ");
}
