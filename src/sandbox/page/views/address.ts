import { html, type TemplateResult } from "lit";
import type { Session } from "../../session.ts";
import { isLocked } from "../state.ts";
import { testTexts } from "../test-texts.ts";
import type { Texts } from "../texts/en.ts";
import { fieldValue } from "./method-fields.ts";
import type { ViewProps } from "./view-props.ts";

type Name =
  "first_name" | "last_name" | "email" | "phone_number" | "address_line" | "postal_code" | "postal_place";

/** Order of the form, with the value that "fill in test values" gives. */
const rows: readonly (readonly [name: Name, label: keyof Texts, test: string, autocomplete: string])[] = [
  ["first_name", "firstName", "Kari", "given-name"],
  ["last_name", "lastName", "Nordmann", "family-name"],
  ["email", "email", "kari@example.com", "email"],
  ["phone_number", "phone", "+4740230256", "tel"],
  ["address_line", "addressLine", "Karl Johans gate 1", "address-line1"],
  ["postal_code", "postalCode", "0154", "postal-code"],
  ["postal_place", "postalPlace", "Oslo", "address-level2"],
];

const countries = ["NO", "SE", "DK", "FI", "IS", "DE", "GB", "US"];
const homes: Readonly<Record<string, string>> = { NOK: "NO", SEK: "SE", DKK: "DK", EUR: "FI" };

export function addressForm(props: ViewProps, session: Session): TemplateResult {
  const { checkout, state, text } = props;
  const given = session.order.shipping_address;
  const home = given?.country ?? homes[session.order.currency] ?? "NO";
  const names = new Intl.DisplayNames([state.language === "no" ? "nb" : state.language], { type: "region" });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const minimal = (event.submitter as HTMLButtonElement | null)?.value === "minimal";
    const wanted: readonly Name[] = minimal ? ["postal_code"] : rows.map(([name]) => name);
    const empty = wanted.filter((name) => fieldValue(form, name) === "");
    for (const [name] of rows) {
      form.querySelector(`[name=${name}]`)?.toggleAttribute("aria-invalid", false);
    }
    const first = empty[0];
    if (first) {
      for (const name of empty) form.querySelector(`[name=${name}]`)?.setAttribute("aria-invalid", "true");
      const label = rows.find(([name]) => name === first)?.[1] ?? "addressLine";
      checkout.reportProblem({ key: "fieldMissing", values: { field: text(label) } }, "delivery");
      form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    const address = Object.fromEntries(wanted.map((name) => [name, fieldValue(form, name)]));
    void checkout.submitAddress({ ...address, country: fieldValue(form, "country") });
  };

  const fill = (event: Event) => {
    const form = (event.currentTarget as HTMLButtonElement).form;
    for (const [name, , test] of rows) {
      const input = form?.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (input) input.value = test;
    }
  };

  return html`
    <form class="address" novalidate @submit=${submit}>
      <fieldset class="bare" ?disabled=${isLocked(state)}>
        <div class="details">
          ${rows.map(
            ([name, label, , autocomplete]) =>
              html`<label class=${`field ${name}`}>
                <span>${text(label)}</span>
                <input
                  name=${name}
                  autocomplete=${`shipping ${autocomplete}`}
                  value=${given?.[name] ?? ""}
                  required
                />
              </label>`,
          )}
          <label class="field">
            <span>${text("country")}</span>
            <select name="country" autocomplete="shipping country">
              ${countries.map(
                (code) =>
                  html`<option value=${code} ?selected=${code === home}>${names.of(code) ?? code}</option>`,
              )}
            </select>
          </label>
        </div>
        <div class="row">
          <button id="give-address" class="secondary" aria-disabled=${state.busy !== null}>
            ${state.busy === "address" ? text("savingAddress") : text("saveAddress")}
          </button>
          <button id="address-test-values" class="test" lang="en" type="button" @click=${fill}>
            ${testTexts.fillIn}
          </button>
          <button id="minimal-address" class="test" lang="en" name="how" value="minimal">
            ${testTexts.minimalAddress}
          </button>
        </div>
      </fieldset>
    </form>
  `;
}
