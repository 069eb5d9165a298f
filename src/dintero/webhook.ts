import { signHmac, verifyHmac } from "./hmac.ts";
import type { Transaction } from "./transaction.ts";

/** Header with the signature of an account-wide webhook: hex HMAC-SHA1 of the raw body. */
export const WEBHOOK_SIGNATURE_HEADER = "event-signature";

/** The body of an account-wide webhook about a transaction. */
export interface WebhookBody {
  readonly account_id: string;
  readonly event: string;
  readonly event_delivery: string;
  readonly transaction?: Transaction;
  readonly [field: string]: unknown;
}

/** The value of the header `event-signature` for a body. */
export function signWebhook(secret: string, body: Uint8Array<ArrayBuffer> | string): Promise<string> {
  return signHmac({ hash: "SHA-1", secret, data: body });
}

/** Whether the secret makes this signature for the raw body. */
export function verifyWebhookSignature(
  secret: string,
  signature: string,
  body: Uint8Array<ArrayBuffer> | string,
): Promise<boolean> {
  return verifyHmac({ hash: "SHA-1", secret, signature, data: body });
}
