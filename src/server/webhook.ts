import { checkSecrets } from "./callback.ts";
import { DinteroError } from "./errors.ts";
import { jsonOf, readBody } from "./http.ts";
import { constantTimeEqual, sign } from "./signature.ts";

export interface WebhookOptions {
  /** The secret of the subscription; several while it is being changed. */
  readonly secret: string | readonly string[];
}

/** An account-wide webhook, all of it but `deliveryId` and `event` signed. */
export interface Webhook {
  /** Kind of event, from the header `event`. Not signed. */
  readonly event?: string;
  /** From `event-delivery`. There is no time in the signature: a repeat is told by this. Not signed. */
  readonly deliveryId?: string;
  readonly payload: unknown;
}

/**
 * Resolves to an account-wide webhook when its body was signed with the secret (`event-signature`, hex HMAC-SHA1 of the
 * raw body). Rejects with `missing-signature` or `invalid-signature` (answer 401). This is another scheme than that of
 * the session callbacks.
 */
export async function verifyWebhook(request: Request, { secret }: WebhookOptions): Promise<Webhook> {
  const secrets = checkSecrets(secret, "secret");
  const given = request.headers.get("event-signature");
  if (!given) throw new DinteroError("missing-signature", "there is no event-signature", { status: 401 });
  const body = await readBody(request, 10 * 1024 * 1024);
  let valid: boolean | undefined = false;
  for (const one of secrets) {
    valid = (body && constantTimeEqual(given.trim(), await sign(one, body, "SHA-1"))) || valid;
  }
  if (!body || !valid)
    throw new DinteroError("invalid-signature", "no secret signs this body so", { status: 401 });
  const event = request.headers.get("event");
  const deliveryId = request.headers.get("event-delivery");
  return {
    payload: jsonOf(body),
    ...(event && { event }),
    ...(deliveryId && { deliveryId }),
  };
}
