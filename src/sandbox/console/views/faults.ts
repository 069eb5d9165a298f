import { html, type TemplateResult } from "lit";
import type { Fault } from "../../faults.ts";
import { control } from "../control.ts";
import type { Console, Store } from "../store.ts";

const presets: readonly (readonly [name: string, fault: Fault])[] = [
  ["Next token request fails (500)", { on: "token", status: 500, times: 1 }],
  ["Next call: the token has expired", { on: "*", fail: "expired-token", times: 1 }],
  ["Next session request is refused (400)", { on: "create-session", status: 400, times: 1 }],
  ["Next session request is never answered", { on: "create-session", fail: "hang", times: 1 }],
  ["The whole API is down (503)", { on: "*", status: 503 }],
  [
    "Next capture is accepted (202), done after 10 s",
    { on: "capture", accepted: { after: 10_000 }, times: 1 },
  ],
  [
    "Next capture looks failed, but a correction says it was done",
    { on: "capture", correction: {}, times: 1 },
  ],
  ["Next payment takes 5 s", { on: "pay", delay: 5000, times: 1 }],
  ["Hosted page posts no messages", { page: { silent: true } }],
  ["Hosted page posts every message twice", { page: { duplicate: true } }],
  ["Next session has no order", { withoutOrder: true, times: 1 }],
];

/** The faults that are active, and buttons that add more. */
export function faultPanel(store: Store, { faults }: Console): TemplateResult {
  return html`
    <section class="card" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      ${
        faults.length
          ? html`<ul class="faults">
                ${faults.map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`)}
              </ul>
              <button @click=${() => void store.run(() => control.clearFaults())}>Remove all faults</button>`
          : html`<p class="quiet">No faults are active.</p>`
      }
      <details>
        <summary>Add a fault</summary>
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
