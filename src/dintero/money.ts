/** Money in the currency's smallest unit, an integer: 29990 is 299.90 NOK. */
export type MinorUnits = number;

/** The largest amount of an order, a capture or a refund: Dintero's format is int32. */
export const MAX_AMOUNT: MinorUnits = 2_147_483_647;

interface Line {
  readonly amount?: MinorUnits | undefined;
}

/** What an order is made of, as far as its amount goes. */
export interface OrderParts {
  readonly items?: readonly Line[] | undefined;
  readonly shipping_option?: Line | undefined;
}

/** The sum of the amounts of lines. A line without an amount counts as 0. */
export function sumOfLines(lines: readonly Line[] = []): MinorUnits {
  return lines.reduce((sum, line) => sum + (line.amount ?? 0), 0);
}

/** What `order.amount` must be: the items and the shipping option together. */
export function sumOfOrder({ items, shipping_option }: OrderParts): MinorUnits {
  return sumOfLines(items) + (shipping_option?.amount ?? 0);
}

/**
 * What `order.amount` must be in the answer to an address or discount callback: the items of the answer (those of the
 * request where the answer has none) and the shipping option that is chosen in the request. The options that are
 * offered in the answer do not count, not even when the chosen one has a new price there.
 */
export function sumOfExpressAnswer(answer: OrderParts, request: OrderParts): MinorUnits {
  return sumOfOrder({ items: answer.items ?? request.items, shipping_option: request.shipping_option });
}
