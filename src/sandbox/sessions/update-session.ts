import type { Express } from "../../dintero/express.ts";
import { sumOfLines } from "../../dintero/money.ts";
import type { Order, OrderUpdate } from "../../dintero/order.ts";
import type { SessionUpdate } from "../../dintero/session.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import { refusal, requireSum } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Sessions } from "./sessions.ts";
import { findOption, withoutOption } from "./shipping.ts";

/**
 * The merchant's new order. Fields that are left out keep their value; but a new amount or new items without a shipping
 * option are an order without one, except that a choice of the shopper's stays as long as it is offered.
 *
 * @throws {SandboxError} `invalid_body` when the amount is not the sum, or the shipping option is not offered.
 */
export function updateSession(sessions: Sessions, record: SessionRecord, update: SessionUpdate): void {
  const { session } = record;
  const express = updatedExpress(session.express, update.express);
  const order = updatedOrder(
    session.order,
    update.order,
    findOption(express?.shipping_options, record.shippingLine),
  );
  requireOffered(order.shipping_option, express);
  if (update.order.shipping_option) record.shippingLine = update.order.shipping_option.line_id;
  // The merchant's spelling of the address is the one that is stored in the end.
  if (record.addressInQuestion && update.order.shipping_address)
    record.addressInQuestion = update.order.shipping_address;
  if (update.express?.shipping_options.length) record.undeliverable = false;
  sessions.change(
    record,
    {
      order,
      ...(express && { express }),
      configuration: sessions.configurationOf({ ...session, order }),
    },
    {
      name: "UPDATE_SESSION",
      details: {
        previous_order: session.order,
        updated_order: order,
        ...(update.express && { previous_express: session.express, updated_express: express }),
      },
    },
  );
  if (update.remove_lock !== false) sessions.unlock(record);
  record.feed.add({ type: "changed" });
}

/** An update changes what is offered; the addresses of the merchant's callbacks stay. */
function updatedExpress(former: Express | undefined, sent: Express | undefined): Express | undefined {
  if (!sent) return former;
  const { shipping_options, shipping_mode, customer_types } = sent;
  return {
    ...former,
    shipping_options,
    ...(shipping_mode && { shipping_mode }),
    ...(customer_types && { customer_types }),
  };
}

function updatedOrder(former: Order, sent: OrderUpdate, chosen: ShippingOption | undefined): Order {
  // The merchant reference of a session is not part of an update; live plug-ins send it all the same.
  const merged: Order = { ...former, ...sent, merchant_reference: former.merchant_reference };
  if (sent.amount === undefined && sent.items === undefined && !sent.shipping_option) return merged;
  if (sent.shipping_option) {
    // Magento's plug-in leaves the shipping out of the amount, and is live.
    const goods = sumOfLines(merged.items);
    if (merged.items && merged.amount === goods)
      return { ...merged, amount: goods + sent.shipping_option.amount };
    requireSum(merged);
    return merged;
  }
  const withoutShipping = withoutOption(merged);
  const goods = sumOfLines(merged.items);
  if (chosen && merged.items && merged.amount === goods + chosen.amount)
    return { ...withoutShipping, shipping_option: chosen };
  requireSum(withoutShipping);
  if (!chosen) return withoutShipping;
  return { ...withoutShipping, amount: merged.amount + chosen.amount, shipping_option: chosen };
}

function requireOffered(option: ShippingOption | undefined, express: Express | undefined): void {
  if (!option || !express?.shipping_options.length || findOption(express.shipping_options, option.line_id))
    return;
  const path = "order.shipping_option.line_id";
  throw refusal([
    {
      path,
      code: "enum",
      message: `${path} must be that of one of express.shipping_options, and ${option.line_id} is not`,
    },
  ]);
}
