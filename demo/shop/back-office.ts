import type { Line } from "./catalogue.ts";
import { cancelOrder } from "./checkout.ts";
import { isRefusal } from "./errors.ts";
import { formatMoney } from "./money.ts";
import { isBusy, select } from "./operation.ts";
import type { Order } from "./order.ts";
import type { Payment } from "./payment.ts";
import { isReturnable, returnPayment } from "./second-payment.ts";
import { settle } from "./settlement.ts";
import type { Shop } from "./shop.ts";

export const actions = ["capture", "refund", "void", "cancel", "return"] as const;
export type Action = (typeof actions)[number];

type Movement = Exclude<Action, "cancel" | "return">;

/** The action is not possible; the message explains why. */
export class Refusal extends Error {}

/**
 * The actions of the shop's staff on an order. `lineIds`: what is shipped (`capture`) or came back (`refund`). `return`
 * sends back what was paid besides the order's payment.
 */
export async function runAction(
  shop: Shop,
  orderId: string,
  { action, lineIds }: { action: Action; lineIds: readonly string[] },
): Promise<void> {
  if (action === "cancel") {
    const order = await cancelOrder(shop, orderId, "By the back office.");
    if (order.status !== "cancelled") throw new Refusal(cannotCancel(order));
    return;
  }
  // Two people who press the button at once would capture the same line twice.
  if (!shop.orders.reserve(orderId)) throw new Refusal("Somebody else is processing this order right now.");
  try {
    if (action === "return") await returnExtras(shop, orderId);
    else await moveMoney(shop, orderId, { action, lineIds });
  } finally {
    shop.orders.release(orderId);
  }
}

async function moveMoney(
  shop: Shop,
  orderId: string,
  { action, lineIds }: { action: Movement; lineIds: readonly string[] },
): Promise<void> {
  const { client, orders } = shop;
  const order = await settle(shop, orderId, { refresh: true }).catch(() => orders.find(orderId));
  if (!order?.payment) throw new Refusal("There is no payment yet.");
  const { transactionId, operations } = order.payment;
  if (action === "void" && isBusy(operations)) throw new Refusal(stillBusy);
  const lines = action === "void" ? [] : chosenLines(order.lines, order.payment, { action, lineIds });
  const amount = lines.reduce((total, line) => total + line.amount, 0);
  const items = lines.map(({ id, line_id, quantity, amount, vat, vat_amount }) => {
    return { id, line_id, quantity, amount, vat, vat_amount };
  });
  try {
    if (action === "void") await client.voidTransaction(transactionId);
    else if (action === "capture") await client.captureTransaction(transactionId, { amount, items });
    else await client.refundTransaction(transactionId, { amount, items, reason: "Returned" });
  } catch (error) {
    // Whatever went wrong, the transaction has the current state, and the page then shows that.
    const after = await settle(shop, orderId, { refresh: true }).catch(() => order);
    throw new Refusal(explain(action, after, error), { cause: error });
  }
  const { payment } = await settle(shop, orderId, { refresh: true });
  // What was accepted is done later, and may fail: the page says what became of it.
  const isDone = payment && select(payment.operations, action, "pending").length === 0;
  const name = { capture: "Captured", refund: "Refunded", void: "Voided" }[action];
  orders.note(orderId, `${isDone ? name : `Accepted, to be ${name.toLowerCase()}`}: ${formatMoney(amount)}.`);
}

/** Returns what is left of the payments that the order does not accept, after an attempt that failed. */
async function returnExtras(shop: Shop, orderId: string): Promise<void> {
  const order = await settle(shop, orderId);
  const left = order.extras.filter(({ status, operations }) => isReturnable(status) && !isBusy(operations));
  if (left.length === 0) throw new Refusal("There is nothing to return.");
  for (const { transactionId } of left)
    await returnPayment(shop, order, await shop.client.getTransaction(transactionId));
}

const stillBusy = "Dintero has not finished what it accepted before. Open this page again in a while.";

function chosenLines(
  all: readonly Line[],
  payment: Payment,
  { action, lineIds }: { action: "capture" | "refund"; lineIds: readonly string[] },
): Line[] {
  const lines = all.filter((line) => lineIds.includes(line.line_id));
  const capture = action === "capture";
  if (lines.length === 0) throw new Refusal(capture ? "Choose what you ship." : "Choose what you take back.");
  const done = capture ? payment.capturedLines : payment.refundedLines;
  const twice = lines.find((line) => done.includes(line.line_id));
  if (twice) throw new Refusal(`“${twice.description}” was ${capture ? "captured" : "refunded"} before.`);
  const pending = select(payment.operations, action, "pending").flatMap((operation) => operation.lineIds);
  if (
    lines.some((line) => pending.includes(line.line_id)) ||
    select(payment.operations, "void", "pending").length
  )
    throw new Refusal(stillBusy);
  return lines;
}

function cannotCancel({ id, status }: Order): string {
  if (status === "paid") return `${id} is paid: void or refund the payment instead.`;
  return `The payment of ${id} is still being checked: try again when the check is complete.`;
}

/** Why the action failed. `order` is read after the failure. */
function explain(action: Movement, { payment }: Order, error: unknown): string {
  if (!payment || !isRefusal(error)) {
    return "Dintero could not be reached. Check the payment before you try again.";
  }
  const { status, amount, captured, refunded } = payment;
  const answer = `Dintero answered: ${error.message}`;
  if (status === "AUTHORIZATION_VOIDED") return "The payment was voided: there is no money to move.";
  if (status === "ON_HOLD") return "Dintero is still checking this payment: wait until it is authorized.";
  if (action === "void" && captured > 0) {
    return "The money was captured, so the payment can no longer be voided. Refund it instead.";
  }
  if (action === "capture") {
    if (captured >= amount) return "All of it has been captured already.";
    return `Only ${formatMoney(amount - captured)} is left to capture. ${answer}`;
  }
  if (action === "refund") {
    if (captured === 0)
      return "Nothing was captured yet, so nothing can be refunded. Void the payment instead.";
    if (refunded >= captured) return "All that was captured has been refunded.";
    return `Only ${formatMoney(captured - refunded)} is left to refund. ${answer}`;
  }
  return answer;
}
