import { html, nothing, type TemplateResult } from "lit";
import { totals } from "../../transactions/totals.ts";
import { control, type Summary } from "../control.ts";
import type { Store } from "../store.ts";

/** What shopper, merchant and Dintero can do with a session as it stands. */
export function actions(store: Store, summary: Summary): TemplateResult {
  const { session, transaction, outcome, expired } = summary;
  const act = (action: string, body?: object) => () =>
    void store.run(() => control.act(session.id, action, body));
  if (!transaction) {
    if (outcome || expired) return html`<p class="quiet">This session is over.</p>`;
    return html`<div class="row actions">
      <a class="button strong" href=${`/?sid=${encodeURIComponent(session.id)}`} target="_blank">
        Open the checkout <span class="hidden">(new tab)</span>
      </a>
      <button @click=${act("pay")}>Pay</button>
      <button @click=${act("hold")}>Pay on hold</button>
      <button @click=${act("pay", { outcome: "declined" })}>Decline</button>
      <button @click=${act("cancel")}>Cancel</button>
      ${session.pay_lock ? nothing : html`<button @click=${act("lock")}>Lock</button>`}
      <button @click=${act("expire")}>Expire</button>
    </div>`;
  }
  const { captured, refunded } = totals(transaction);
  const { status, amount } = transaction;
  const authorized = status === "AUTHORIZED";
  const toCapture = /^(AUTHORIZED|PARTIALLY_CAPTURED)/.test(status) ? amount - captured : 0;
  const toRefund = captured - refunded;
  return html`<div class="row actions">
    ${
      status === "ON_HOLD"
        ? html`<button class="strong" @click=${act("release", { status: "AUTHORIZED" })}>Approve</button>
            <button @click=${act("release", { status: "FAILED" })}>Reject</button>`
        : nothing
    }
    ${toCapture > 0 ? moneyForm(store, session.id, "capture", toCapture) : nothing}
    ${toRefund > 0 ? moneyForm(store, session.id, "refund", toRefund) : nothing}
    ${
      authorized
        ? html`<button @click=${act("void")}>Void</button> <button @click=${act("hold")}>Put on hold</button>`
        : nothing
    }
    ${
      toCapture > 0 || toRefund > 0 || status === "ON_HOLD" || authorized
        ? nothing
        : html`<p class="quiet">Nothing more can be done with this transaction.</p>`
    }
  </div>`;
}

function moneyForm(store: Store, id: string, action: "capture" | "refund", most: number): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const amount = Number(new FormData(form).get("amount"));
    void store.run(() => control.act(id, action, { amount }));
  };
  const label = action === "capture" ? "Capture" : "Refund";
  return html`<form class="money" @submit=${submit}>
    <label>
      <span class="hidden">Amount to ${action}, in minor units</span>
      <input name="amount" type="number" min="1" step="1" max=${most} .value=${String(most)} required />
    </label>
    <button class="strong">${label}</button>
  </form>`;
}
