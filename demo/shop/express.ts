import type { Address, ExpressContext, Session } from "dintero-checkout-element/server";
import type { Line } from "./catalogue.ts";
import { formatMoney, vatWithin } from "./money.ts";

/** Discount codes, in percent. Each can be used once per order. */
const discounts = new Map([
  ["SUMMER10", 10],
  ["FRIENDS25", 25],
]);

/** Amounts are in minor units, VAT included. */
type ShippingOption = ReturnType<typeof option>;

/** The shipping options for an address, which may have only a country and a postal code. Empty where the shop does not ship. */
export function shippingOptions({ country, postal_code: postalCode = "" }: Address): ShippingOption[] {
  if (country === "NO" && postalCode.startsWith("917")) {
    // Svalbard: no VAT, no pick-up points, by air only.
    return [option({ id: "svalbard", title: "By air to Svalbard", amount: 24900, vat: 0, eta: "5–8 days" })];
  }
  if (country === "NO") {
    return [
      option({ id: "home", title: "To your door", amount: 9900, vat: 25, eta: "2–3 days" }),
      option({ id: "pick-up", title: "Pick-up point", amount: 4900, vat: 25, eta: "2–4 days", pickUp: true }),
    ];
  }
  if (country === "SE" || country === "DK" || country === "FI") {
    return [option({ id: "nordic", title: "Nordic parcel", amount: 14900, vat: 25, eta: "4–6 days" })];
  }
  return [];
}

function option(terms: {
  readonly id: string;
  readonly title: string;
  readonly amount: number;
  readonly vat: number;
  readonly eta: string;
  readonly pickUp?: boolean;
}) {
  const { id, title, amount, vat, eta, pickUp = false } = terms;
  return {
    ...{ id, title, amount, vat },
    line_id: `shipping-${id}`,
    vat_amount: vatWithin(amount, vat),
    description: eta,
    delivery_method: pickUp ? ("pick_up" as const) : ("delivery" as const),
    operator: "Fjord Post",
  };
}

/** The lines after the discount of the first valid code. */
export function discounted(lines: readonly Line[], codes: readonly string[]): Line[] {
  const code = codes.map((typed) => typed.trim().toUpperCase()).find((typed) => discounts.has(typed));
  const percentage = discounts.get(code ?? "");
  if (!code || !percentage) return [...lines];
  return lines.map((line) => {
    const off = Math.round((line.amount * percentage) / 100);
    const amount = line.amount - off;
    const discount = { amount: off, percentage, discount_id: code, description: `${percentage} % off` };
    return {
      ...line,
      amount,
      vat_amount: vatWithin(amount, line.vat),
      discount_lines: [{ ...discount, line_id: 1 }],
    };
  });
}

/**
 * The lines of an express order, or the reason why the session does not match the shop's offer. Address, shipping option
 * and discount code come from the session; the prices come from the shop.
 */
export function quote(
  order: { readonly lines: readonly Line[] },
  session: Session,
): { lines: Line[]; address: string } | string {
  const {
    shipping_option: chosen,
    shipping_address: address = {},
    discount_codes: codes = [],
  } = session.order;
  if (!chosen) return "It has no shipping option.";
  const offered = shippingOptions(address).find(({ line_id: id }) => id === chosen.line_id);
  if (!offered) return `The shop does not ship by “${chosen.title}” to that address.`;
  if (offered.amount !== chosen.amount) {
    const [paid, price] = [formatMoney(chosen.amount), formatMoney(offered.amount)];
    return `Shipping was ${paid}, the shop's price is ${price}.`;
  }
  const { id, line_id, amount, vat_amount, vat, title } = offered;
  const shipping = { id, line_id, description: `Shipping: ${title}`, quantity: 1, amount, vat_amount, vat };
  return { lines: [...discounted(order.lines, codes), shipping], address: oneLine(address) };
}

/** The answer to discount codes. By Dintero's rule its amount is the sum of the items and the shipping option chosen so far. */
export function discountedOrder(
  lines: readonly Line[],
  { codes = [], context }: { codes: readonly string[] | undefined; context: ExpressContext },
) {
  const items = discounted(lines, codes);
  const vat = items.reduce((total, line) => total + line.vat_amount, context.chosenOption?.vat_amount ?? 0);
  return { amount: context.amountOf(items), vat_amount: vat, items };
}

function oneLine(address: Address): string {
  const name = [address.first_name, address.last_name].filter(Boolean).join(" ");
  const place = [address.postal_code, address.postal_place].filter(Boolean).join(" ");
  return [name, address.address_line, place, address.country].filter(Boolean).join(", ");
}
