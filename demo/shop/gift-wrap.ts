// @ts-check
import { withQuantity } from "./cart.js";
import { giftWrap, priceLines, sum } from "./catalogue.js";
import { note, told } from "./order.js";

/**
 * Wraps an order that is about to be paid, or does not, in the session that its shopper sees. Dintero first: an order
 * never asks for more than its session. The session has to be locked, which the element does.
 *
 * @param {Pick<import("./shop.js").Shop, "client" | "store">} shop
 * @param {{ shopper: string, sessionId: string, wanted: boolean }} wish
 * @returns {Promise<boolean>} false: it is not this shopper's, or not to be changed any more
 */
export function wrap({ client, store }, { shopper, sessionId, wanted }) {
  return store.alone(shopper, async () => {
    const cart = store.cart(shopper);
    const id = cart?.orderId;
    if (!cart || !id || store.orderOfSession(sessionId)?.id !== id) return false;
    const changed = withQuantity(cart, giftWrap.id, wanted ? 1 : 0);
    const lines = priceLines(changed.quantities);
    return store.change(id, async (order) => {
      if (order.status !== "open" || order.flow !== "plain") return false;
      await client.updateSession(sessionId, { order: told({ ...order, lines }) });
      order.lines = lines;
      order.amount = sum(lines);
      note(order, wanted ? "To be gift wrapped." : "Not to be gift wrapped.");
      await store.setCart(shopper, changed);
      return true;
    });
  });
}
