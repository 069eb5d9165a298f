import type { PageOutcome, PayOutcome } from "../page-api.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";

/** What the merchant's page is told of a payment, with the way back. */
export function outcomeOf(session: Session, { id }: Transaction, outcome: PayOutcome): PageOutcome {
  const { merchant_reference } = session.order;
  if (outcome === "authorized" || outcome === "on_hold") {
    const href = returnUrl(session, { transaction_id: id, merchant_reference });
    const type = outcome === "authorized" ? "SessionPaymentAuthorized" : "SessionPaymentOnHold";
    return { type, transaction_id: id, merchant_reference, href };
  }
  const error = outcome === "unauthorized" ? "authorization" : "failed";
  const href = returnUrl(session, { merchant_reference, error });
  return { type: "SessionPaymentError", error, merchant_reference, href };
}

/** The same of a session that was given up. */
export function cancelled(session: Session): PageOutcome {
  const { merchant_reference } = session.order;
  const href = returnUrl(session, { merchant_reference, error: "cancelled" });
  return { type: "SessionCancel", merchant_reference, href };
}

function returnUrl(session: Session, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(session.url.return_url);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
