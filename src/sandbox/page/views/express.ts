import { html, nothing, type TemplateResult } from "lit";
import type { Address } from "../../../dintero/address.ts";
import type { ShippingOption } from "../../../dintero/shipping-option.ts";
import type { Session } from "../../session.ts";
import { money } from "../language.ts";
import { isLocked } from "../state.ts";
import { addressForm } from "./address.ts";
import { typed } from "./method-fields.ts";
import { messages } from "./live-regions.ts";
import type { Scene } from "./page.ts";

/** What an express session asks before it can be paid: where to, how, and codes for discounts. */
export function express(scene: Scene, session: Session): TemplateResult {
  const delivery = scene.state.view?.delivery;
  return html`
    ${delivery === "not_required" ? nothing : deliveryStep(scene, session)}
    ${session.express?.discount_codes ? discounts(scene, session) : nothing} ${messages(scene, "delivery")}
  `;
}

function deliveryStep(scene: Scene, session: Session): TemplateResult {
  const { checkout, state, say } = scene;
  const address = session.order.shipping_address;
  const editing = !address || state.editingAddress;
  return html`
    <section class="delivery" aria-labelledby="delivery-title">
      <h2 id="delivery-title">${say("delivery")}</h2>
      ${
        editing
          ? addressForm(scene, session)
          : html`<div class="given">
              <p><span class="quiet">${say("deliverTo")}</span> ${oneLine(address)}</p>
              <button
                id="change-address"
                class="plain"
                type="button"
                ?disabled=${isLocked(state)}
                @click=${() => checkout.editAddress()}
              >
                ${say("changeAddress")}
              </button>
            </div>`
      }
      ${!editing && state.view?.delivery === "available" ? options(scene, session) : nothing}
    </section>
  `;
}

function options(scene: Scene, session: Session): TemplateResult {
  const { say, state } = scene;
  return html`
    <fieldset class="methods" ?disabled=${isLocked(state)}>
      <legend><h3>${say("shippingOptions")}</h3></legend>
      ${(session.express?.shipping_options ?? []).map((option) => choice(scene, session, option))}
    </fieldset>
  `;
}

function choice({ checkout, state, say }: Scene, session: Session, option: ShippingOption): TemplateResult {
  const chosen = session.order.shipping_option?.line_id === option.line_id;
  const kind = option.delivery_method === "pick_up" ? "pick_up" : "deliveryMethod";
  const choose = () => void checkout.chooseShipping({ line_id: option.line_id });
  return html`
    <div class=${chosen ? "method active" : "method"}>
      <label>
        <input type="radio" name="shipping" value=${option.line_id} .checked=${chosen} @change=${choose} />
        <span class="name">
          ${option.title}
          <span class="quiet">
            ${option.delivery_method === "unspecified" ? nothing : html`<span class="tag">${say(kind)}</span>`}
            ${[option.operator, option.description].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span class="price">
          ${option.amount === 0 ? say("free") : money(option.amount, session.order.currency, state.language)}
        </span>
      </label>
    </div>
  `;
}

function discounts({ checkout, state, say }: Scene, session: Session): TemplateResult {
  const codes = session.order.discount_codes ?? [];
  const room = codes.length < (session.express?.discount_codes?.max_count ?? 1);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const code = typed(form, "code");
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
                aria-label=${say("removeCode", { code })}
                ?disabled=${isLocked(state)}
                @click=${() => void checkout.setDiscountCodes(codes.filter((other) => other !== code))}
              >
                ×
              </button>
            </li>`,
        )}
      </ul>
      ${
        room
          ? html`<label class="field">
                <span>${say("discountCode")}</span>
                <input name="code" autocomplete="off" ?disabled=${isLocked(state)} />
              </label>
              <button class="secondary" ?disabled=${isLocked(state)} aria-disabled=${state.busy !== null}>
                ${say("applyCode")}
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
