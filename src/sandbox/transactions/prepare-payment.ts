import { SandboxError } from "../errors.ts";
import type { Checkbox, PayRequest } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { SessionRecord } from "../session-record.ts";
import { missingOf } from "../sessions/shipping.ts";
import type { TransactionCard } from "../transaction.ts";
import { enabledTypes } from "../profiles/configuration.ts";
import { kindOf } from "../profiles/payment-methods.ts";
import { withoutToken } from "./test-cards.ts";
import { cardOf, generatesToken, saveCardCheckbox, testCard, type SavedCards } from "./saved-cards.ts";

/** Refuses a payment that Dintero would not take: a method unknown, an address missing, an amount of 0. */
export function requirePayable(record: SessionRecord, request: PayRequest): void {
  const { payment_product_type, outcome, checkboxes } = request;
  const { session } = record;
  const kind = kindOf(payment_product_type);
  if (!kind) throw refuse(`Unknown payment_product_type "${payment_product_type}"`);
  if (outcome === "capture_failed" && !capturesAutomatically(session))
    throw refuse("Only a session with configuration.auto_capture can fail to capture");
  if (!record.savesCardOnly) requireAmount(session, kind === "zero");
  const unticked = checkboxesOf(session).find(({ id, required }) => required && checkboxes?.[id] === false);
  if (unticked) throw refuse(`The checkbox "${unticked.label}" must be ticked`, 409);
  if (record.undeliverable) throw refuse("The merchant does not deliver to that address", 409);
  const missing = missingOf(session);
  if (missing.length)
    throw refuse(`An express order needs ${missing.join(" and ")} before it can be paid`, 409);
}

function requireAmount(session: Session, zero: boolean): void {
  if (zero !== (session.order.amount === 0))
    throw refuse(
      zero
        ? "dintero.zero pays only orders of amount 0"
        : "An order of amount 0 is paid as dintero.zero, which needs configuration.dintero.zero.enabled",
    );
  if (zero && !enabledTypes(session.configuration).includes("dintero.zero"))
    throw refuse("dintero.zero needs configuration.dintero.zero.enabled");
}

/** The card of a payment: a saved one, a typed one, or the test card; saved where the session requests a token. */
export function paymentCard(
  record: SessionRecord,
  request: PayRequest,
  { savedCards, now }: { readonly savedCards: SavedCards; readonly now: string },
): TransactionCard | undefined {
  const { session } = record;
  const { payment_product_type, payment_token_id, outcome } = request;
  if (payment_token_id !== undefined) {
    const saved = savedCards.of(session).find((card) => card.payment_token_id === payment_token_id);
    if (!saved) throw refuse("The session names no such saved card in customer.tokens");
    const { brand, masked_pan, expiry_date, type, country } = saved;
    return { brand, masked_pan, expiry_date, type, country, payment_token_id };
  }
  if (kindOf(payment_product_type) !== "card") return undefined;
  const card = cardOf(request.card ?? testCard);
  const saves = record.savesCardOnly || generatesToken(session, payment_product_type);
  const wanted = request.save_card ?? saveCardCheckbox(session, payment_product_type) !== "opt_in";
  const declined = !record.savesCardOnly && !wanted;
  if (!saves || declined || outcome !== "authorized" || withoutToken(card)) return card;
  const { payment_token_id: saved } = savedCards.save(session, card, payment_product_type, now);
  return { ...card, payment_token_id: saved };
}

/** What the merchant wants the shopper to answer. */
export function checkboxesOf(session: Session): readonly Checkbox[] {
  return (session["checkboxes"] ?? []) as readonly Checkbox[];
}

/** Whether Dintero captures by itself. Splits that are given as an empty list forbid it. */
export function capturesAutomatically({ configuration, order }: Session): boolean {
  const undecided = order.items?.some(({ splits }) => Array.isArray(splits) && splits.length === 0);
  return configuration?.auto_capture === true && !undecided;
}

function refuse(message: string, status = 400): SandboxError {
  return new SandboxError(status, "invalid_request", message);
}
