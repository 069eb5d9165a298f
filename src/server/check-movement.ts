import type { Capture } from "../dintero/capture.ts";
import type { Refund } from "../dintero/refund.ts";
import { checkAmount, checkTotal } from "./check-amount.ts";
import { invalidField } from "./errors.ts";
import { checkObjects } from "./check-object.ts";

/**
 * Refuses a capture or refund that Dintero would refuse: `amount` is required, and of each item `line_id` and `amount`.
 * The items need not add up to the amount. A payment of 0 is captured with an amount of 0.
 */
export function checkMovement(movement: Capture | Refund, name: "capture" | "refund"): void {
  const { amount, items } = (movement ?? {}) as Partial<Capture | Refund>;
  checkTotal(amount, `${name}.amount`);
  for (const [item, path] of checkObjects(items, `${name}.items`)) {
    if (!item["line_id"]) throw invalidField(`${path}.line_id`, "given");
    checkAmount(item["amount"], `${path}.amount`);
  }
}
