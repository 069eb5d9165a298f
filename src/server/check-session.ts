import type { SessionRequest, SessionUpdate } from "../dintero/session.ts";
import { checkAmount } from "./check-amount.ts";
import { checkObject } from "./check-object.ts";
import { checkExpress, checkOrder, checkSum, checkSumOfUpdate, isSummable } from "./check-order.ts";
import { invalidField } from "./errors.ts";

/** Refuses, before it is sent, a session that Dintero would refuse or misread. */
export function checkSession(session: SessionRequest): void {
  const { url, order, profile_id, express, ...rest } = (session ?? {}) as Partial<SessionRequest>;
  if (!URL.canParse(url?.return_url ?? "")) throw invalidField("url.return_url", "a whole url");
  if (!isCurrency(order?.currency)) throw invalidField("order.currency", "a code like NOK");
  if (!order?.merchant_reference) throw invalidField("order.merchant_reference", "given");
  if (!profile_id) throw invalidField("profile_id", "given");
  checkAmount(order.amount, "order.amount");
  checkOrder(order, "order");
  if (express !== undefined) checkExpress(express, "express");
  const hasGiftCards = rest["gift_cards"] || rest.customer?.["gift_cards"];
  if (isSummable(order) && !hasGiftCards) checkSum(order, "order");
}

/** The same for an update: it must have an `order`, which may hold any of its fields or none. */
export function checkSessionUpdate(update: SessionUpdate): void {
  checkObject(update, "update");
  const { order, express } = update as Partial<SessionUpdate>;
  checkOrder(order, "order");
  if (order.currency !== undefined && !isCurrency(order.currency)) {
    throw invalidField("order.currency", "a code like NOK");
  }
  if (express !== undefined) checkExpress(express, "express");
  if (order.amount !== undefined && isSummable(order)) checkSumOfUpdate(order, "order");
}

function isCurrency(currency: unknown): boolean {
  return typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
}
