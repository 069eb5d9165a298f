import { giftWrap, priceLines, toDinteroOrder } from "./catalogue.ts";
import { isRefusal } from "./errors.ts";
import type { Shop } from "./shop.ts";

/**
 * Wraps the open order of a cart, or unwraps it, in the session that its shopper sees and that the element has locked.
 * Returns false when it is not this shopper's session, or can no longer be changed.
 */
export async function wrapGift(
  { client, database, carts, orders }: Shop,
  { shopper, sessionId, wanted }: { shopper: string; sessionId: string; wanted: boolean },
): Promise<boolean> {
  const order = orders.find(carts.orderId(shopper) ?? "");
  if (order?.flow !== "plain" || !order.sessions.some(({ id }) => id === sessionId)) return false;
  const quantity = wanted ? 1 : 0;
  const quantities = new Map(order.lines.map((line) => [line.id, line.quantity]));
  const lines = priceLines(quantities.set(giftWrap.id, quantity));

  // Kept before Dintero has it: should the shop end in between, a payment of the new sum still pays this order.
  if (!orders.proposeLines(order.id, lines)) return false;
  try {
    await client.updateSession(sessionId, { order: toDinteroOrder({ ...order, lines }) });
  } catch (error) {
    if (isRefusal(error)) orders.proposeLines(order.id, null);
    throw error;
  }
  database.transaction(() => {
    orders.setLines(order.id, lines);
    orders.note(order.id, wanted ? "To be gift wrapped." : "Not to be gift wrapped.");
    carts.setQuantity(shopper, giftWrap.id, () => quantity);
  });
  return true;
}
