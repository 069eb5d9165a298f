import { html, type TemplateResult } from "lit";
import type { Fault } from "../../faults.ts";
import { control } from "../control.ts";
import type { Console, Store } from "../store.ts";

const presets: readonly (readonly [name: string, fault: Fault])[] = [
  ["Next token request fails (500)", { on: "token", status: 500, times: 1 }],
  ["Next call: token expired", { on: "*", fail: "expired-token", times: 1 }],
  ["Next session is refused (400)", { on: "create-session", status: 400, times: 1 }],
  ["Next session never comes", { on: "create-session", fail: "hang", times: 1 }],
  ["The whole API is down (503)", { on: "*", status: 503 }],
  ["Next payment takes 5 s", { on: "pay", delay: 5000, times: 1 }],
  ["Checkout says nothing", { page: { silent: true } }],
  ["Checkout says everything twice", { page: { duplicate: true } }],
  ["Next session has no order", { withoutOrder: true, times: 1 }],
];

/** Faults to order with a click, and those that are on. */
export function trouble(store: Store, { faults }: Console): TemplateResult {
  return html`
    <section class="card" aria-labelledby="trouble-title">
      <h2 id="trouble-title">Trouble</h2>
      ${
        faults.length
          ? html`<ul class="faults">
                ${faults.map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`)}
              </ul>
              <button @click=${() => void store.run(() => control.clearFaults())}>
                Make all well again
              </button>`
          : html`<p class="quiet">All is well.</p>`
      }
      <details>
        <summary>Make trouble</summary>
        <div class="presets">
          ${presets.map(
            ([name, fault]) =>
              html`<button @click=${() => void store.run(() => control.addFault(fault))}>${name}</button>`,
          )}
        </div>
      </details>
    </section>
  `;
}
