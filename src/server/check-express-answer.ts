import type { ExpressAnswer } from "../dintero/express.ts";
import { sumOfExpressAnswer, sumOfLines } from "../dintero/money.ts";
import type { Session } from "../dintero/session.ts";
import { checkTotal } from "./check-amount.ts";
import { checkOrder, checkShippingOptions, isSummable } from "./check-order.ts";
import { invalidField } from "./errors.ts";

export interface ExpressAnswerContext {
  /** The session in Dintero's request. */
  readonly session: Session;
  /** Whether an order in the answer must have items where the session's has. */
  readonly needsItems: boolean;
}

/**
 * Refuses an answer that Dintero would refuse, or correct at the merchant's expense: an order's amount must include the
 * shipping option that is chosen in the request.
 */
export function checkExpressAnswer(
  { shipping_options, order }: ExpressAnswer,
  { session, needsItems }: ExpressAnswerContext,
): void {
  checkShippingOptions(shipping_options, "shipping_options");
  if (order === undefined) return;
  checkOrder(order, "order");
  checkTotal(order["amount"], "order.amount");
  const { items: itemsBefore = [], shipping_option: chosen } = session.order;
  if (needsItems && itemsBefore.length && !order["items"]) {
    throw invalidField("order.items", "given: all items of the order");
  }
  const answered = { ...session.order, ...order };
  if (!isSummable(answered)) return;
  const sum = sumOfExpressAnswer(order, session.order);
  if (order["amount"] !== sum) {
    const shipping = chosen
      ? `${chosen.amount} of the chosen shipping option`
      : "no shipping option is chosen";
    throw invalidField("order.amount", `${sum}: ${sumOfLines(answered.items)} of the items, ${shipping}`);
  }
}
