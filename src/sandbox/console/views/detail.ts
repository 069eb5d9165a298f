import { html, nothing, type TemplateResult } from "lit";
import { money } from "../../page/language.ts";
import type { SessionEvent } from "../../../dintero/session-event.ts";
import type { Summary } from "../control.ts";
import type { Console, Store } from "../store.ts";
import { actions } from "./actions.ts";
import { deliveryList } from "./deliveries.ts";
import { clock, pill, statusOf } from "./format.ts";

/** One session: what it is, what can be done with it, what happened to it. */
export function detail(store: Store, state: Console, summary: Summary): TemplateResult {
  const { session, transaction } = summary;
  const { amount, currency, merchant_reference } = session.order;
  const steps = [
    ...session.events.map((event) => [event, "session"] as const),
    ...(transaction?.events ?? []).map((event) => [event, "transaction"] as const),
  ].toSorted(([one], [other]) => one.created_at.localeCompare(other.created_at));
  const deliveries = state.deliveries.filter(({ sessionId }) => sessionId === session.id);
  return html`
    <section class="card" aria-labelledby="session-title">
      <div class="row spread">
        <h2 id="session-title">${merchant_reference}</h2>
        ${pill(statusOf(summary))}
      </div>
      <p class="big">${money(amount, currency, "en")}</p>
      <dl class="facts ids">
        <div>
          <dt>Session</dt>
          <dd><code>${session.id}</code></dd>
        </div>
        ${
          transaction
            ? html`<div>
                  <dt>Transaction</dt>
                  <dd><code>${transaction.id}</code></dd>
                </div>
                <div>
                  <dt>Paid with</dt>
                  <dd><code>${transaction.payment_product_type}</code></dd>
                </div>`
            : nothing
        }
        <div>
          <dt>Expires</dt>
          <dd>${new Date(session.expires_at).toLocaleString("en-GB")}</dd>
        </div>
      </dl>
      ${actions(store, summary)}
    </section>
    ${deliveryList(store, "Callbacks", deliveries)}
    <section class="card" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      <ol class="events">
        ${steps.map(([event, of]) => step(event, of, currency))}
      </ol>
    </section>
    <section class="card">
      ${raw("Session", session)} ${transaction ? raw("Transaction", transaction) : nothing}
    </section>
  `;
}

function step({ event, created_at, amount }: SessionEvent, of: string, currency: string): TemplateResult {
  return html`<li>
    <time class="quiet" datetime=${created_at}>${clock(created_at)}</time>
    <span class="kind">${of}</span>
    <strong>${event}</strong>
    ${amount === undefined ? nothing : money(amount, currency, "en")}
  </li>`;
}

function raw(title: string, value: object): TemplateResult {
  return html`<details>
    <summary>${title} as JSON</summary>
    <pre tabindex="0" aria-label=${`${title} as JSON`}>${JSON.stringify(value, null, 2)}</pre>
  </details>`;
}
