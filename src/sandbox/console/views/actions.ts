import { html, nothing, type TemplateResult } from "lit";
import type { TransactionStatus } from "../../../dintero/transaction-status.ts";
import type { Transaction } from "../../transaction.ts";
import { totals } from "../../transactions/totals.ts";
import { control, type Summary } from "../control.ts";
import type { Store } from "../store.ts";

type Operation = "capture" | "void" | "hold" | "release";

/** What a transaction in each status allows besides refunds, which depend on what was captured. */
const operations: Readonly<Record<TransactionStatus, readonly Operation[]>> = {
  INITIATED: ["void"],
  ON_HOLD: ["release"],
  AUTHORIZED: ["capture", "void", "hold"],
  PARTIALLY_CAPTURED: ["capture", "void"],
  PARTIALLY_CAPTURED_REFUNDED: ["capture"],
  CAPTURED: [],
  PARTIALLY_REFUNDED: [],
  REFUNDED: [],
  AUTHORIZATION_VOIDED: [],
  DECLINED: [],
  FAILED: [],
  UNKNOWN: ["release"],
};

/** What shopper, merchant and Dintero can do with a session as it stands. */
export function actions(store: Store, summary: Summary): TemplateResult {
  return summary.transaction
    ? transactionActions(store, summary, summary.transaction)
    : sessionActions(store, summary);
}

function sessionActions(store: Store, { session, outcome, expired }: Summary): TemplateResult {
  if (outcome || expired) return html`<p class="quiet">This session has ended.</p>`;
  const perform = (action: string, body?: object) => () =>
    void store.run(() => control.perform(session.id, action, body));
  return html`<div class="row actions">
    <a class="button strong" href=${`/?sid=${encodeURIComponent(session.id)}`} target="_blank">
      Open the checkout <span class="hidden">(new tab)</span>
    </a>
    <button @click=${perform("pay")}>Pay</button>
    <button @click=${perform("hold")}>Pay on hold</button>
    <button @click=${perform("pay", { outcome: "rejected" })}>Refuse an attempt</button>
    <button @click=${perform("pay", { outcome: "declined" })}>Decline</button>
    <button @click=${perform("cancel")}>Cancel</button>
    ${session.pay_lock ? nothing : html`<button @click=${perform("lock")}>Lock</button>`}
    <button @click=${perform("expire")}>Expire</button>
  </div>`;
}

function transactionActions(store: Store, { session }: Summary, transaction: Transaction): TemplateResult {
  const { captured, refunded, voided } = totals(transaction);
  const allowed = operations[transaction.status];
  const toCapture = allowed.includes("capture") ? transaction.amount - captured - voided : 0;
  const toRefund = captured - refunded;
  const pending = isPending(transaction);
  const perform = (action: string, body?: object) => () =>
    void store.run(() => control.perform(session.id, action, body));
  const nothingLeft = toCapture <= 0 && toRefund <= 0 && allowed.length === 0 && !pending;
  return html`<div class="row actions">
    ${pending ? html`<button class="strong" @click=${perform("complete")}>Complete what is pending</button>` : nothing}
    ${
      allowed.includes("release")
        ? html`<button class="strong" @click=${perform("release", { status: "AUTHORIZED" })}>Approve</button>
            <button @click=${perform("release", { status: "FAILED" })}>Reject</button>`
        : nothing
    }
    ${toCapture > 0 ? moneyForm(store, { id: session.id, action: "capture", most: toCapture }) : nothing}
    ${toRefund > 0 ? moneyForm(store, { id: session.id, action: "refund", most: toRefund }) : nothing}
    ${allowed.includes("void") ? html`<button @click=${perform("void")}>Void</button>` : nothing}
    ${allowed.includes("hold") ? html`<button @click=${perform("hold")}>Put on hold</button>` : nothing}
    ${nothingLeft ? html`<p class="quiet">Nothing more can be done with this transaction.</p>` : nothing}
  </div>`;
}

/** Whether an operation was accepted (202) that no later event has completed. */
function isPending({ events }: Transaction): boolean {
  return events.some(
    ({ event, request_id }) =>
      event.startsWith("INITIATE_") &&
      !events.some(({ correlation_request_id }) => correlation_request_id === request_id),
  );
}

interface MoneyForm {
  readonly id: string;
  readonly action: "capture" | "refund";
  /** The largest amount, in minor units. */
  readonly most: number;
}

function moneyForm(store: Store, { id, action, most }: MoneyForm): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const amount = Number(new FormData(form).get("amount"));
    void store.run(() => control.perform(id, action, { amount }));
  };
  return html`<form class="money" @submit=${submit}>
    <label>
      <span class="hidden">Amount to ${action}, in minor units</span>
      <input name="amount" type="number" min="1" step="1" max=${most} .value=${String(most)} required />
    </label>
    <button class="strong">${action === "capture" ? "Capture" : "Refund"}</button>
  </form>`;
}
