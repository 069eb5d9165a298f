import { html, type TemplateResult } from "lit";
import { money } from "../../page/language.ts";
import type { Summary } from "../control.ts";
import type { Console, Store } from "../store.ts";
import { clock, pill, statusOf } from "./format.ts";

export function sessionList(store: Store, state: Console): TemplateResult {
  return html`
    <nav class="card list" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Sessions</h2>
      ${
        state.sessions.length
          ? html`<ul>
              ${state.sessions.map((each) => row(each, state.selected))}
            </ul>`
          : html`<p class="quiet">No sessions yet.</p>`
      }
    </nav>
  `;
}

function row(summary: Summary, selected: string | null): TemplateResult {
  const { session } = summary;
  const { amount, currency, merchant_reference } = session.order;
  return html`<li>
    <a href=${`#${session.id}`} aria-current=${session.id === selected ? "true" : "false"}>
      <span class="name">${merchant_reference}</span>
      <span class="amount">${money(amount, currency, "en")}</span>
      ${pill(statusOf(summary))}
      <time class="quiet" datetime=${session.created_at}>${clock(session.created_at)}</time>
    </a>
  </li>`;
}
