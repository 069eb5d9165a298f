import { html, nothing, type TemplateResult } from "lit";
import type { Session } from "../../session.ts";
import type { Details } from "../checkout.ts";
import { money } from "../language.ts";
import { isLocked, merchantName, missingStep } from "../state.ts";
import { liveRegions } from "./live-regions.ts";
import { methodChoice, savedCardChoice } from "./method-choice.ts";
import { fieldValue } from "./method-fields.ts";
import { testControls } from "./test-controls.ts";
import type { ViewProps } from "./view-props.ts";

/** Payment methods, test controls and the pay button. */
export function payment(props: ViewProps, session: Session): TemplateResult {
  const { checkout, state, text } = props;
  const locked = isLocked(state);
  const { payment_methods: methods = [], saved_cards: savedCards = [] } = state.view ?? {};

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const step = missingStep(state);
    if (step) return checkout.reportProblem({ key: step }, "payment");
    const form = event.currentTarget as HTMLFormElement;
    const missing = markMissing(form);
    if (missing) {
      const values = { field: missing.dataset.label ?? "" };
      checkout.reportProblem({ key: "fieldMissing", values }, "payment");
      return missing.focus();
    }
    const inApp = (event.submitter as HTMLButtonElement | null)?.value === "app";
    void (inApp ? checkout.payInApp(details(form)) : checkout.pay(details(form)));
  };

  return html`
    <form class="payment" novalidate @submit=${submit}>
      <fieldset class="methods" ?disabled=${locked}>
        <legend><h2>${text("payWith")}</h2></legend>
        ${savedCards.map((card) => savedCardChoice(props, card))}
        ${methods.map((method) => methodChoice(props, method))}
        ${
          methods.length + savedCards.length === 0
            ? html`<p class="method none">${text("noMethods")}</p>`
            : nothing
        }
      </fieldset>
      ${checkboxes(props)} ${testControls(props, locked)} ${liveRegions(props, "payment")}
      <div class="actions">
        ${payButton(props, session, locked)}
        <button id="cancel" class="plain" type="button" @click=${() => void checkout.cancel()}>
          ${text("cancel")}
        </button>
      </div>
      ${terms(props, session)}
    </form>
  `;
}

function payButton({ state, text }: ViewProps, { order }: Session, locked: boolean): TemplateResult {
  const amount = money(order.amount, order.currency, state.language);
  const busy = state.busy === "paying" || state.busy === "validating";
  const label = state.view?.purpose === "save_card" ? text("saveCard") : text("pay", { amount });
  return html`
    <button id="pay" class="primary" ?disabled=${locked} aria-disabled=${state.busy !== null}>
      ${busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
      ${state.busy === "paying" ? text("paying") : label}
    </button>
    ${
      state.view?.purpose === "save_card"
        ? html`<p class="quiet centered">${text("saveCardText")}</p>`
        : nothing
    }
  `;
}

function terms({ text }: ViewProps, session: Session): TemplateResult | typeof nothing {
  const href = session.url.merchant_terms_url;
  if (!href || !/^https?:/.test(href)) return nothing;
  const merchant = merchantName(session);
  return html`<p class="quiet terms">
    ${text("termsIntro")} <a href=${href} target="_blank" rel="noopener">${text("terms", { merchant })}</a>
  </p>`;
}

/** What the merchant wants the shopper to answer. */
function checkboxes({ state }: ViewProps): readonly TemplateResult[] {
  return (state.view?.checkboxes ?? []).map(
    ({ id, label, checked, required, link }) =>
      html`<div class="tick">
        <input
          type="checkbox"
          id=${`checkbox-${id}`}
          data-checkbox=${id}
          data-label=${label}
          ?checked=${checked}
          ?required=${required}
        />
        <label for=${`checkbox-${id}`}>${label}</label>
        ${
          link && /^https?:/.test(link.url)
            ? html`<a href=${link.url} target="_blank" rel="noopener">${link.text}</a>`
            : nothing
        }
      </div>`,
  );
}

/** Marks the empty fields as invalid and returns the first of them. */
function markMissing(form: HTMLFormElement): HTMLInputElement | undefined {
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[data-label]")];
  for (const field of fields) field.removeAttribute("aria-invalid");
  const empty = fields.filter((field) =>
    field.type === "checkbox" ? field.required && !field.checked : field.value.trim() === "",
  );
  for (const field of empty) field.setAttribute("aria-invalid", "true");
  return empty[0];
}

function details(form: HTMLFormElement): Details {
  const number = fieldValue(form, "number");
  const phone_number = fieldValue(form, "phone");
  const save = form.querySelector<HTMLInputElement>("[name=save_card]");
  const ticks = [...form.querySelectorAll<HTMLInputElement>("[data-checkbox]")];
  return {
    ...(number && { card: { number, expiry: fieldValue(form, "expiry") } }),
    ...(!number && phone_number && { phone_number }),
    ...(save && { save_card: save.checked }),
    ...(ticks.length > 0 && {
      checkboxes: Object.fromEntries(
        ticks.map(({ dataset, checked }) => [dataset["checkbox"] ?? "", checked]),
      ),
    }),
  };
}
