import { html, nothing, type TemplateResult } from "lit";
import { warningsOf } from "../../session-warnings.ts";
import { money } from "../../page/language.ts";
import type { Delivery } from "../../deliveries/delivery.ts";
import type { Session } from "../../session.ts";
import type { Summary } from "../control.ts";
import type { Console, Store } from "../store.ts";
import { actions } from "./actions.ts";
import { deliveryList } from "./deliveries.ts";
import { clock, pill, statusOf } from "./format.ts";

/** One session: its facts, what can be done with it, and its history. */
export function detail(store: Store, state: Console, summary: Summary): TemplateResult {
  const { session, transaction } = summary;
  const { amount, currency, merchant_reference } = session.order;
  const history = [
    ...session.events.map(({ name, created_at, details }) => ({
      ...{ of: "session", name, created_at },
      amount: details?.["amount"],
    })),
    ...(transaction?.events ?? []).map(({ event, created_at, amount }) => ({
      ...{ of: "transaction", name: event, created_at, amount },
    })),
  ].toSorted((one, other) => String(one.created_at).localeCompare(String(other.created_at)));
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
      ${warnings(deliveries, session)} ${actions(store, summary)}
    </section>
    ${deliveryList(store, "Callbacks", deliveries)}
    <section class="card" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      <ol class="events">
        ${history.map((event) => historyLine(event, currency))}
      </ol>
    </section>
    <section class="card">
      ${raw("Session", session)} ${transaction ? raw("Transaction", transaction) : nothing}
    </section>
  `;
}

/** What Dintero would refuse, and what the merchant's answers got wrong. Each has left a "Correction" line in the order, unless a later answer was right. */
function warnings(deliveries: readonly Delivery[], session: Session): TemplateResult | typeof nothing {
  const { order } = session;
  const wrong = deliveries.filter(({ warning }) => warning !== undefined);
  const refused = warningsOf(session);
  if (!wrong.length && !refused.length) return nothing;
  const corrected = order.items?.some(({ id }) => id?.startsWith("correction-")) === true;
  return html`<ul class="warnings" aria-label="Warnings">
    ${refused.map(({ message }) => html`<li class="callout"><strong>Works in the sandbox only</strong> ${message}.</li>`)}
    ${wrong.map(
      ({ about, warning }, index) =>
        html`<li class="callout">
          <strong>The ${about} callback has a wrong amount</strong>
          ${warning}${index === 0 && corrected ? "" : ", which a later answer has replaced"}.
        </li>`,
    )}
  </ul>`;
}

interface HistoryEvent {
  readonly of: string;
  readonly name: string;
  readonly created_at?: string | undefined;
  readonly amount?: unknown;
}

function historyLine({ of, name, created_at, amount }: HistoryEvent, currency: string): TemplateResult {
  return html`<li>
    <time class="quiet" datetime=${created_at ?? nothing}>${clock(created_at)}</time>
    <span class="kind">${of}</span>
    <strong>${name}</strong>
    ${typeof amount === "number" ? money(amount, currency, "en") : nothing}
  </li>`;
}

function raw(title: string, value: object): TemplateResult {
  return html`<details>
    <summary>${title} as JSON</summary>
    <pre tabindex="0" aria-label=${`${title} as JSON`}>${JSON.stringify(value, null, 2)}</pre>
  </details>`;
}
