import type { SessionRequest } from "../../dintero/session.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import { SandboxError } from "../errors.ts";
import type { TokenPayment } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import type { CardToken } from "./saved-cards.ts";

/** A payment by the merchant's server, without the customer. */
export interface PaymentWithToken {
  readonly payment: TokenPayment;
  /** `strict-merchant-reference`: 400 for a reference that was used before. */
  readonly strictReference: boolean;
  /** `strict-success-merchant-reference`: 400 for a reference that was paid before. */
  readonly strictSuccessReference: boolean;
}

/** Pays with a saved card. A token that is unknown fails the payment, not the call. */
export function payWithToken(
  { sessions, transactions, savedCards }: SandboxParts,
  account: string,
  { payment, strictReference, strictSuccessReference }: PaymentWithToken,
): SessionRecord {
  const { session, payment: wanted } = payment;
  const { payment_product_type } = wanted;
  const { merchant_reference } = session.order;
  for (const { order, transaction_id } of sessions) {
    if (order.merchant_reference !== merchant_reference) continue;
    if (strictReference || (strictSuccessReference && transaction_id !== undefined))
      throw new SandboxError(
        400,
        "merchant_reference_used",
        `order.merchant_reference ${merchant_reference} was used before`,
      );
  }
  const byInvoice = wanted.operation === "invoice_purchase";
  if (byInvoice !== payment_product_type.startsWith("kravia.invoice_b2"))
    throw new SandboxError(
      400,
      "invalid_body",
      "payment.operation invoice_purchase is for kravia.invoice_b2c and kravia.invoice_b2b",
    );
  const tokens = session.customer?.tokens?.[payment_product_type];
  const token = tokens?.payment_token ?? tokens?.recurrence_token;
  if (token === undefined)
    throw new SandboxError(
      400,
      "invalid_body",
      `session.customer.tokens["${payment_product_type}"] must have a payment_token or a recurrence_token`,
    );
  const card: CardToken | undefined = savedCards.find(token);
  const record = sessions.create(account, {
    ...session,
    // No shopper returns from such a payment.
    url: { return_url: "about:blank", ...session.url },
  } as SessionRequest);
  sessions.change(record, { payment_operation: wanted.operation });
  transactions.pay(record, {
    payment_product_type,
    outcome: card || byInvoice ? "authorized" : "failed",
    ...(card && { payment_token_id: card.payment_token_id }),
  });
  return record;
}
