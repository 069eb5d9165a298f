import { verifyHmac } from "./hmac.ts";

/** Header with the signature of an account-wide webhook: hex HMAC-SHA1 of the raw body. */
export const WEBHOOK_SIGNATURE_HEADER = "event-signature";

/** Whether the secret makes this signature for the raw body. */
export function verifyWebhookSignature(
  secret: string,
  signature: string,
  body: Uint8Array<ArrayBuffer> | string,
): Promise<boolean> {
  return verifyHmac({ hash: "SHA-1", secret, signature, data: body });
}
