import { html, nothing, type TemplateResult } from "lit";
import type { PaymentMethod, PayOutcome } from "../../page-api.ts";
import type { Session } from "../../session.ts";
import type { Details } from "../checkout.ts";
import { money } from "../language.ts";
import { isLocked, merchantName, needsDelivery } from "../state.ts";
import { fields, typed, type Field } from "./method-fields.ts";
import { mark } from "./method-marks.ts";
import { messages } from "./live-regions.ts";
import type { Scene } from "./page.ts";

const outcomes: readonly PayOutcome[] = ["authorized", "on_hold", "declined", "failed", "unauthorized"];

/** The ways to pay, the test controls and the button. Methods are radios named `method`, outcomes `outcome`. */
export function payment(scene: Scene, session: Session): TemplateResult {
  const { checkout, state, say } = scene;
  const { order } = session;
  const locked = isLocked(state);
  const methods = state.view?.payment_methods ?? [];
  const amount = money(order.amount, order.currency, state.language);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (needsDelivery(state)) return checkout.complain({ key: "addressFirst" }, "payment");
    const form = event.currentTarget as HTMLFormElement;
    const missing = firstMissing(form);
    if (missing) {
      checkout.complain({ key: "fieldMissing", values: { field: missing.dataset.label ?? "" } }, "payment");
      return missing.focus();
    }
    const inApp = (event.submitter as HTMLButtonElement | null)?.value === "app";
    void (inApp ? checkout.payInApp(details(form)) : checkout.pay(details(form)));
  };

  return html`
    <form class="payment" novalidate @submit=${submit}>
      <fieldset class="methods" ?disabled=${locked}>
        <legend><h2>${say("payWith")}</h2></legend>
        ${methods.map((method) => choice(scene, method))}
      </fieldset>
      ${testControls(scene, locked)} ${messages(scene, "payment")}
      <div class="actions">
        <button id="pay" class="primary" ?disabled=${locked} aria-disabled=${state.busy !== null}>
          ${
            state.busy === "paying" || state.busy === "validating"
              ? html`<span class="spinner" aria-hidden="true"></span>`
              : nothing
          }
          ${state.busy === "paying" ? say("paying") : say("pay", { amount })}
        </button>
        <button id="cancel" class="plain" type="button" @click=${() => void checkout.cancel()}>
          ${say("cancel")}
        </button>
      </div>
      ${terms(scene, session)}
    </form>
  `;
}

function choice(scene: Scene, method: PaymentMethod): TemplateResult {
  const { checkout, state, say } = scene;
  const { kind, payment_product_type: type } = method;
  const active = state.active === type;
  const hint = kind === "card" ? "cardHint" : kind === "invoice" ? "invoiceHint" : "appHint";
  return html`
    <div class=${active ? "method active" : "method"}>
      <label>
        <input
          type="radio"
          name="method"
          value=${type}
          .checked=${active}
          @change=${() => checkout.activate(type)}
        />
        <span class="name">${say(kind)} <span class="quiet">${say(hint)}</span></span>
        ${mark(kind)}
      </label>
      ${active ? html`<div class="details">${fields(scene, kind).map(input)} ${testValues(scene)}</div>` : nothing}
    </div>
  `;
}

function input(field: Field): TemplateResult {
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
        @input=${unmark}
      />
    </label>
  `;
}

function testValues({ say }: Scene): TemplateResult {
  const fill = (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    for (const input of button.form?.querySelectorAll<HTMLInputElement>("input[data-test]") ?? []) {
      input.value = input.dataset.test ?? "";
      input.removeAttribute("aria-invalid");
    }
  };
  return html`<button id="test-values" class="test" type="button" @click=${fill}>
    ${say("testValues")}
  </button>`;
}

function testControls({ checkout, state, say }: Scene, locked: boolean): TemplateResult {
  const app = checkout.place.newerSdk && checkout.place.framed && isApp(state.active);
  return html`
    <fieldset class="controls" ?disabled=${locked}>
      <legend>${say("testControls")}</legend>
      <p id="controls-hint">${say("testControlsHint")}</p>
      <div class="chips" role="group" aria-describedby="controls-hint">
        ${outcomes.map(
          (outcome) => html`
            <label>
              <input
                type="radio"
                name="outcome"
                value=${outcome}
                .checked=${state.wanted === outcome}
                @change=${() => checkout.want(outcome)}
              />
              <span>${say(outcome)}</span>
            </label>
          `,
        )}
      </div>
      ${app ? html`<button id="pay-in-app" class="test" name="how" value="app">${say("throughApp")}</button>` : nothing}
    </fieldset>
  `;
}

function terms({ say }: Scene, session: Session): TemplateResult | typeof nothing {
  const href = session.url.merchant_terms_url;
  if (!href || !/^https?:/.test(href)) return nothing;
  const merchant = merchantName(session);
  return html`<p class="quiet terms">
    ${say("termsIntro")} <a href=${href} target="_blank" rel="noopener">${say("terms", { merchant })}</a>
  </p>`;
}

function isApp(type: string | null): boolean {
  return type !== null && /vipps|swish|mobilepay/.test(type);
}

function unmark(event: Event): void {
  (event.target as HTMLInputElement).removeAttribute("aria-invalid");
}

/** Marks the fields that are empty and gives the first. */
function firstMissing(form: HTMLFormElement): HTMLInputElement | undefined {
  const empty = [...form.querySelectorAll<HTMLInputElement>("input[data-label]")].filter(
    (field) => field.value.trim() === "",
  );
  for (const field of empty) field.setAttribute("aria-invalid", "true");
  return empty[0];
}

function details(form: HTMLFormElement): Details {
  const number = typed(form, "number");
  const phone_number = typed(form, "phone");
  if (number) return { card: { number, expiry: typed(form, "expiry") } };
  return phone_number ? { phone_number } : {};
}
