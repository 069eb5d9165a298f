import { html, nothing, type TemplateResult } from "lit";
import type { Attempt, Delivery } from "../../deliveries/delivery.ts";
import { control } from "../control.ts";
import type { Store } from "../store.ts";
import { clock, pill } from "./format.ts";

/** Calls to the merchant's server, each with its attempts and the lines that were signed. */
export function deliveryList(store: Store, title: string, deliveries: readonly Delivery[]): TemplateResult {
  const waiting = deliveries.some(({ state }) => state === "waiting");
  return html`
    <section class="card" aria-labelledby="deliveries-title">
      <div class="row spread">
        <h2 id="deliveries-title">${title}</h2>
        ${
          waiting
            ? html`<button @click=${() => void store.run(() => control.hurry())}>Retry now</button>`
            : nothing
        }
      </div>
      ${
        deliveries.length
          ? html`<ul class="deliveries">
              ${deliveries.map((each) => delivery(store, each))}
            </ul>`
          : html`<p class="quiet">Nothing has been sent to the merchant’s server.</p>`
      }
    </section>
  `;
}

function delivery(store: Store, sent: Delivery): TemplateResult {
  const { id, about, method, url, state, attempts, reason, warning } = sent;
  const oneTime = about === "address" || about === "discount";
  const where = new URL(url);
  return html`<li>
    <details>
      <summary>
        ${pill(state)}
        <span class="about">${about}</span>
        <code class="where">${method} ${where.host}${where.pathname}</code>
        ${reason || warning ? html`<span class="callout">${reason ?? warning}</span>` : nothing}
      </summary>
      <p class="url"><code>${method} ${url}</code></p>
      <ol class="attempts">
        ${attempts.map(attempt)}
      </ol>
      <p class="quiet">Delivery id <code>${id}</code></p>
      ${
        oneTime
          ? nothing
          : html`<button @click=${() => void store.run(() => control.replay(id))}>Send again</button>`
      }
    </details>
  </li>`;
}

function attempt({ at, status, error, signed }: Attempt): TemplateResult {
  return html`<li>
    <span>${clock(at)} ${status ? `answered ${status}` : (error ?? "no answer")}</span>
    <figure>
      <figcaption class="quiet">Signed lines (HMAC-SHA256)</figcaption>
      <pre tabindex="0" aria-label="Signed lines">${signed}</pre>
    </figure>
  </li>`;
}
