import type { Transaction } from "dintero-checkout-element/server";
import { isRefusal } from "./errors.ts";
import { formatMoney } from "./money.ts";
import { operationsOf, type Operation } from "./operation.ts";
import type { Order } from "./order.ts";
import { toPayment, type Payment } from "./payment.ts";
import type { Shop } from "./shop.ts";

const outcomes: Partial<Record<string, string>> = {
  ON_HOLD: "Will be voided once it is authorized.",
  AUTHORIZED: "Not voided yet.",
  CAPTURED: "Not refunded yet.",
  AUTHORIZATION_VOIDED: "Voided.",
  REFUNDED: "Refunded.",
};

/** Records a transaction of the order that is not its payment. */
export function setAside({ orders }: Shop, order: Order, payment: Payment, problem: string): void {
  const { transactionId: id, amount } = payment;
  orders.saveTransaction(order.id, payment, problem);
  orders.note(order.id, `Transaction ${id} (${formatMoney(amount)}) not accepted. ${problem}`);
}

/** Whether the whole of a payment that the order does not accept is to be returned, and the note for the order. */
export function needsReturn(order: Order, transaction: Transaction): { wanted: boolean; problem: string } {
  const { status } = transaction;
  const why = order.status === "cancelled" ? "The order was cancelled." : "The order has a payment already.";
  if (!isReturnable(status)) {
    return { wanted: false, problem: `${why} ${outcomes[status] ?? "Return the rest of it at Dintero."}` };
  }
  const last = operationsOf(transaction).findLast(({ kind }) => kind !== "capture");
  return { wanted: !last, problem: `${why} ${last ? describeReturn(last) : outcomes[status]}` };
}

/** Whether the whole of a payment can still be returned. */
export const isReturnable = (status: string): boolean => status === "AUTHORIZED" || status === "CAPTURED";

/** A void or refund that Dintero has accepted (202) is done later. One that failed is for the shop's staff to repeat. */
function describeReturn({ state, error }: Operation): string {
  if (state !== "failed") return "Dintero is returning it.";
  return `Dintero could not return it${error ? `: ${error}` : "."}`;
}

/**
 * Returns a second payment. What is only reserved is voided; what was captured at once, as Swish always is, cannot be
 * voided and is refunded. Both are safe to repeat: Dintero never returns more than was paid.
 */
export async function returnPayment(shop: Shop, order: Order, transaction: Transaction): Promise<void> {
  const { client } = shop;
  const { id, amount, status } = transaction;
  let refusal = "";
  try {
    if (status === "AUTHORIZED") await client.voidTransaction(id);
    else await client.refundTransaction(id, { amount, reason: "Paid twice" });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refusal = ` Dintero answered: ${error.message}`;
  }
  // The transaction has the current state, also when another process was first and this one was refused.
  const after = await client.getTransaction(id);
  const { wanted, problem } = needsReturn(order, after);
  const note = wanted ? problem + refusal : problem;
  shop.database.transaction(() => setAside(shop, order, toPayment(after), note));
}
