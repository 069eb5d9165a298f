import { html, nothing, type TemplateResult } from "lit";
import type { PaymentKind, PaymentMethod, SavedCard } from "../../page-api.ts";
import type { GetText } from "../language.ts";
import { testTexts } from "../test-texts.ts";
import type { Texts } from "../texts/en.ts";
import { methodFields, type Field } from "./method-fields.ts";
import { mark } from "./method-marks.ts";
import type { ViewProps } from "./view-props.ts";

const hints: Readonly<Record<PaymentKind, keyof Texts | null>> = {
  card: "cardHint",
  vipps: "appHint",
  swish: "appHint",
  mobilepay: "appHint",
  klarna: "klarnaHint",
  invoice: "invoiceHint",
  applepay: "walletHint",
  googlepay: "walletHint",
  zero: "zeroHint",
  other: null,
};

/** The name of a payment method, as shown to shoppers. */
export function methodName({ kind, payment_product_type }: PaymentMethod, text: GetText): string {
  return kind === "other" ? payment_product_type : text(kind);
}

/** A payment method as a radio button named `method`; the active one shows its fields. */
export function methodChoice(props: ViewProps, method: PaymentMethod): TemplateResult {
  const { checkout, state, text } = props;
  const { kind, payment_product_type: type } = method;
  const active = state.active === type && state.savedCard === null;
  const hint = hints[kind];
  const fields = methodFields(props, kind);
  return html`
    <div class=${active ? "method active" : "method"}>
      <label>
        <input
          type="radio"
          name="method"
          value=${type}
          .checked=${active}
          @change=${() => checkout.selectMethod(type)}
        />
        <span class="name">
          ${methodName(method, text)} ${hint ? html`<span class="quiet">${text(hint)}</span>` : nothing}
        </span>
        ${mark(kind)}
      </label>
      ${
        active && fields.length
          ? html`<div class="details">
              ${fields.map(fieldInput)} ${testValues()} ${kind === "card" ? savingTheCard(props) : nothing}
            </div>`
          : nothing
      }
    </div>
  `;
}

/** A saved card as a radio button named `method`; its value is the `payment_token_id`. */
export function savedCardChoice({ checkout, state, text }: ViewProps, card: SavedCard): TemplateResult {
  const { payment_token_id: token, payment_product_type: type, brand, masked_pan, expiry_date } = card;
  const active = state.savedCard === token;
  return html`
    <div class=${active ? "method active" : "method"}>
      <label>
        <input
          type="radio"
          name="method"
          value=${token}
          data-saved-card
          .checked=${active}
          @change=${() => checkout.selectMethod(type, token)}
        />
        <span class="name">
          ${brand} ${masked_pan}
          <span class="quiet">${text("savedCardHint", { date: expiry_date })}</span>
        </span>
        ${mark("card")}
      </label>
    </div>
  `;
}

function fieldInput(field: Field): TemplateResult {
  return html`
    <label class=${`field ${field.name}`}>
      <span>${field.label}</span>
      <input
        name=${field.name}
        data-label=${field.label}
        data-test=${field.test}
        autocomplete=${field.autocomplete}
        inputmode=${field.inputmode}
        type=${field.type}
        maxlength=${field.maxlength}
        required
        @input=${clearInvalid}
      />
    </label>
  `;
}

/** What becomes of the card: nothing, it is saved, or the shopper decides. */
function savingTheCard({ state, text }: ViewProps): TemplateResult | typeof nothing {
  const { saves_card, save_card_checkbox } = state.view ?? {};
  if (!saves_card) return nothing;
  if (!save_card_checkbox) return html`<p class="quiet wide">${text("savesCard")}</p>`;
  return html`<label class="tick wide">
    <input type="checkbox" name="save_card" ?checked=${save_card_checkbox === "opt_out"} />
    <span>${text("saveCardForLater")}</span>
  </label>`;
}

function testValues(): TemplateResult {
  const fill = (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    for (const input of button.form?.querySelectorAll<HTMLInputElement>("input[data-test]") ?? []) {
      input.value = input.dataset.test ?? "";
      input.removeAttribute("aria-invalid");
    }
  };
  return html`<button id="test-values" class="test" lang="en" type="button" @click=${fill}>
    ${testTexts.fillIn}
  </button>`;
}

function clearInvalid(event: Event): void {
  (event.target as HTMLInputElement).removeAttribute("aria-invalid");
}
