import type { PageOutcome, FinalOutcome } from "../page-api.ts";
import type { Session } from "../session.ts";

/** The outcome of a payment for the page that embeds the checkout, with the address to continue at. */
export function outcomeOf(session: Session, transaction_id: string, outcome: FinalOutcome): PageOutcome {
  const { merchant_reference } = session.order;
  switch (outcome) {
    case "authorized":
    case "on_hold": {
      const href = returnUrl(session, { transaction_id, merchant_reference });
      const type = outcome === "authorized" ? "SessionPaymentAuthorized" : "SessionPaymentOnHold";
      return { type, transaction_id, merchant_reference, href };
    }
    case "capture_failed": {
      const href = returnUrl(session, { transaction_id, merchant_reference, error: "capture" });
      return { type: "SessionPaymentError", error: "capture", merchant_reference, href };
    }
    default: {
      const error = outcome === "unauthorized" ? "authorization" : "failed";
      const href = returnUrl(session, { merchant_reference, error });
      return { type: "SessionPaymentError", error, merchant_reference, href };
    }
  }
}

/** The same of a session that was given up. */
export function cancelledOutcome(session: Session): PageOutcome {
  const { merchant_reference } = session.order;
  const href = returnUrl(session, { merchant_reference, error: "cancelled" });
  return { type: "SessionCancel", merchant_reference, href };
}

function returnUrl(session: Session, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(session.url.return_url);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (session.configuration?.channel === "in_app") url.searchParams.set("session_id", session.id);
  return url.href;
}
