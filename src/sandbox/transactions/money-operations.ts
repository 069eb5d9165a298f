import { SandboxError } from "../errors.ts";
import type { Item } from "../session.ts";

/** A capture or a refund. */
export interface MoneyRequest {
  readonly amount: number;
  readonly items?: readonly Item[];
  readonly capture_reference?: string;
  readonly refund_reference?: string;
  readonly reason?: string;
}

/** Refuses more than there is, and items that do not add up. */
export function checkMoney({ amount, items }: MoneyRequest, left: number, done: string): void {
  if (amount > left)
    throw new SandboxError(400, "invalid_amount", `Only ${left} can still be ${done}`, [
      { code: "maximum", path: "amount", message: `amount must be at most ${left}` },
    ]);
  if (!items?.length) return;
  const sum = items.reduce((total, item) => total + item.amount, 0);
  if (sum !== amount)
    throw new SandboxError(400, "invalid_amount", "The amount is not the sum of its items", [
      { code: "amount_mismatch", path: "amount", message: `amount is ${amount}, items add up to ${sum}` },
    ]);
}

/** What of a request its event keeps. */
export function money(request: MoneyRequest): MoneyRequest {
  const { amount, items, capture_reference, refund_reference, reason } = request;
  return {
    amount,
    ...(items && { items }),
    ...(capture_reference !== undefined && { capture_reference }),
    ...(refund_reference !== undefined && { refund_reference }),
    ...(reason !== undefined && { reason }),
  };
}
