import { jsonOf, readBody } from "./http.ts";
import { checkSecrets, checkSignature, signatureIn } from "./secrets.ts";

export interface WebhookOptions {
  /** The secret of the subscription; several while it is being changed. */
  readonly secret: string | readonly string[];
}

/** An account-wide webhook, all of it but `deliveryId` and `event` signed. */
export interface Webhook {
  /** Kind of event, from the header `event`. Not signed. */
  readonly event?: string | undefined;
  /** From `event-delivery`. There is no time in the signature: a repeat is told by this. Not signed. */
  readonly deliveryId?: string | undefined;
  readonly payload: unknown;
}

/**
 * Resolves to an account-wide webhook when its body was signed with the secret (`event-signature`, hex HMAC-SHA1 of the
 * raw body). Rejects with `missing-signature` or `invalid-signature` (answer 401). This is another scheme than that of
 * the session callbacks.
 */
export async function verifyWebhook(request: Request, { secret }: WebhookOptions): Promise<Webhook> {
  const secrets = checkSecrets(secret, "secret");
  const given = signatureIn(request, "event-signature");
  const body = await readBody(request, 1024 * 1024);
  // Larger than any webhook: an empty body in its place, which nobody signed so.
  await checkSignature(given, body ?? new Uint8Array(), secrets, "SHA-1", "no secret signs this body so");
  const header = (name: string) => request.headers.get(name) ?? undefined;
  return { event: header("event"), deliveryId: header("event-delivery"), payload: jsonOf(body) };
}
