import type { ExpressAnswer } from "../../dintero/express.ts";
import { sumOfExpressAnswer } from "../../dintero/money.ts";
import type { Order, OrderItem } from "../../dintero/order.ts";
import { randomId } from "../ids.ts";
import type { Session } from "../session.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Sessions } from "./sessions.ts";
import { findOption, withoutOption, withShipping } from "./shipping.ts";

/**
 * Takes the merchant's answer to an address or discount callback: new options, and perhaps a new order. The option that
 * was chosen stays chosen at its new price while it is offered; none is chosen for the shopper.
 *
 * @returns what is wrong with the answer's amount, where an item had to correct it
 */
export function applyExpressAnswer(
  sessions: Sessions,
  record: SessionRecord,
  { request, answer }: { readonly request: Session; readonly answer: ExpressAnswer },
): string | undefined {
  const { shipping_options } = answer;
  const required = request.express?.shipping_mode !== "shipping_not_required";
  const correction = answer.order && correctionOf(request, answer.order);
  const order = answeredOrder(request.order, answer.order, correction?.item);
  record.undeliverable = required && !shipping_options.length && order.shipping_address !== undefined;
  const chosen = findOption(shipping_options, order.shipping_option?.line_id);
  record.shippingLine = chosen?.line_id;
  sessions.change(
    record,
    { express: { ...record.session.express, shipping_options }, order: withShipping(order, chosen) },
    { name: "UPDATE_SESSION", details: { previous_order: request.order, updated_order: order } },
  );
  return correction?.text;
}

function answeredOrder(
  former: Order,
  answered: ExpressAnswer["order"],
  correction: OrderItem | undefined,
): Order {
  if (!answered) return former;
  const items = [...(answered.items ?? former.items ?? []), ...(correction ? [correction] : [])];
  const order: Order = { ...former, ...answered, ...((former.items || items.length > 0) && { items }) };
  const { shipping_option } = former;
  // The answer does not choose an option.
  return shipping_option ? { ...order, shipping_option } : withoutOption(order);
}

/** Dintero adds an item where `order.amount` is not the answer's items plus the shipping option of the request. */
function correctionOf(
  { order }: Session,
  answered: NonNullable<ExpressAnswer["order"]>,
): { readonly item: OrderItem; readonly text: string } | undefined {
  const sum = sumOfExpressAnswer(answered, order);
  const difference = answered.amount - sum;
  if (difference === 0) return undefined;
  const id = `correction-${randomId(8)}`;
  const shipping = order.shipping_option?.amount ?? 0;
  return {
    item: { id, line_id: id, quantity: 1, description: "Correction", amount: difference },
    text: `order.amount is ${answered.amount}, but its items and the chosen shipping (${shipping}) add up to ${sum}: a line "Correction" of ${difference} was added`,
  };
}
