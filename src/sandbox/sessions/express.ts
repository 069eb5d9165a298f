import type { Deliveries } from "../deliveries/deliveries.ts";
import { SandboxError } from "../errors.ts";
import type { Address, Express, Order } from "../session.ts";
import type { SessionRecord, Sessions } from "./sessions.ts";
import { withShipping } from "./shipping.ts";
import { validateExpressAnswer } from "../validate.ts";

/** The merchant has so long, in ms, to answer an address or a discount code. Nothing is retried. */
const expressTimeout = 60_000;

/** Keeps the shopper's address, and asks the merchant what it can deliver there. */
export async function submitAddress(
  sessions: Sessions,
  deliveries: Deliveries,
  record: SessionRecord,
  address: Address,
  clientSide: boolean,
): Promise<void> {
  const order: Order = { ...record.session.order, shipping_address: address };
  sessions.change(record, { order }, "ADDRESS");
  const url = record.session.express?.shipping_address_callback_url;
  if (url === undefined || clientSide) return;
  await ask(sessions, deliveries, record, "address", url);
}

/** Hands the shopper's codes to the merchant, who answers with a reduced order. */
export async function submitDiscountCodes(
  sessions: Sessions,
  deliveries: Deliveries,
  record: SessionRecord,
  codes: readonly string[],
): Promise<void> {
  const discounts = record.session.express?.discount_codes;
  if (!discounts) throw new SandboxError(400, "invalid_request", "The session takes no discount codes");
  if (codes.length > (discounts.max_count ?? 1))
    throw new SandboxError(400, "invalid_request", `At most ${discounts.max_count ?? 1} codes`);
  const former = record.session.order;
  sessions.change(record, { order: { ...former, discount_codes: codes } }, "DISCOUNT");
  try {
    await ask(sessions, deliveries, record, "discount", discounts.callback_url);
  } catch (error) {
    sessions.change(record, { order: former });
    throw error;
  }
}

async function ask(
  sessions: Sessions,
  deliveries: Deliveries,
  record: SessionRecord,
  about: "address" | "discount",
  url: string,
): Promise<void> {
  const answer = await deliveries.ask(
    { sessionId: record.session.id, about, url },
    record.session,
    expressTimeout,
  );
  const refuse = (why: string) =>
    new SandboxError(422, `${about}_callback_failed`, `The ${about} callback ${why}`);
  if (answer.status === undefined) throw refuse(`did not answer (${answer.error})`);
  if (answer.status !== 200) throw refuse(`answered ${answer.status}, only 200 counts`);
  let checked: { shipping_options?: Express["shipping_options"]; order?: Partial<Order> };
  try {
    checked = validateExpressAnswer(JSON.parse(answer.text));
  } catch (error) {
    throw refuse(
      error instanceof SandboxError ? `answered: ${error.errors[0]?.message}` : "answered no JSON",
    );
  }
  sessions.requireOpen(record);
  apply(sessions, record, checked.shipping_options ?? [], checked.order);
}

/** The merchant's answer: new options (the first is chosen when the former choice is gone) and perhaps a new order. */
function apply(
  sessions: Sessions,
  record: SessionRecord,
  options: NonNullable<Express["shipping_options"]>,
  answered: Partial<Order> | undefined,
): void {
  const { session } = record;
  const required = session.express?.shipping_mode !== "shipping_not_required";
  record.undeliverable = required && options.length === 0 && session.order.shipping_address !== undefined;
  const chosen = options.find(({ line_id }) => line_id === record.shippingLine) ?? options[0];
  record.shippingLine = chosen?.line_id;
  // An answered order is told without shipping, unless it names an option of its own.
  const base = withShipping(session.order, undefined);
  const order = { ...base, ...answered };
  sessions.change(record, {
    express: { ...session.express, shipping_options: options },
    order: order.shipping_option || !required ? order : withShipping(order, chosen),
  });
}
