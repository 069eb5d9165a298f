import { html, type TemplateResult } from "lit";
import type { Address } from "../../../dintero/address.ts";
import type { Session } from "../../session.ts";
import { isLocked } from "../state.ts";
import type { Texts } from "../texts/en.ts";
import { typed } from "./method-fields.ts";
import type { Scene } from "./page.ts";

type Name = keyof Address;

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

export function addressForm(scene: Scene, session: Session): TemplateResult {
  const { checkout, state, say } = scene;
  const given = session.order.shipping_address;
  const home = given?.country ?? homes[session.order.currency] ?? "NO";
  const names = new Intl.DisplayNames([state.language === "no" ? "nb" : state.language], { type: "region" });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const minimal = (event.submitter as HTMLButtonElement | null)?.value === "minimal";
    const wanted: readonly Name[] = minimal ? ["postal_code"] : rows.map(([name]) => name);
    const empty = wanted.filter((name) => typed(form, name) === "");
    for (const [name] of rows) {
      form.querySelector(`[name=${name}]`)?.toggleAttribute("aria-invalid", false);
    }
    const first = empty[0];
    if (first) {
      for (const name of empty) form.querySelector(`[name=${name}]`)?.setAttribute("aria-invalid", "true");
      const label = rows.find(([name]) => name === first)?.[1] ?? "addressLine";
      checkout.complain({ key: "fieldMissing", values: { field: say(label) } }, "delivery");
      form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    const address = Object.fromEntries(wanted.map((name) => [name, typed(form, name)]));
    void checkout.giveAddress({ ...address, country: typed(form, "country") });
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
                <span>${say(label)}</span>
                <input
                  name=${name}
                  autocomplete=${`shipping ${autocomplete}`}
                  value=${given?.[name] ?? ""}
                  required
                />
              </label>`,
          )}
          <label class="field">
            <span>${say("country")}</span>
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
            ${state.busy === "address" ? say("savingAddress") : say("saveAddress")}
          </button>
          <button id="address-test-values" class="test" type="button" @click=${fill}>
            ${say("testValues")}
          </button>
          <button id="minimal-address" class="test" name="how" value="minimal">
            ${say("minimalAddress")}
          </button>
        </div>
      </fieldset>
    </form>
  `;
}
