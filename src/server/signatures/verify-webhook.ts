import { DELIVERY_HEADER } from "../../dintero/callback.ts";
import { verifyWebhookSignature, WEBHOOK_SIGNATURE_HEADER } from "../../dintero/webhook.ts";
import { DinteroError } from "../errors.ts";
import { parseJson, readRequestBody } from "../body.ts";
import { checkSecrets, missingSignature, verifiesWithAny } from "./verify-signature.ts";

export interface WebhookOptions {
  /** The secret of the subscription; several while it is being changed. */
  readonly secret: string | readonly string[];
}

/** An account-wide webhook, all of it but `deliveryId` and `event` signed. */
export interface Webhook {
  /** Kind of event, from the header `event`. Not signed. */
  readonly event?: string | undefined;
  /** From the header `event-delivery`. Not signed. */
  readonly deliveryId?: string | undefined;
  /** The body. The signature contains no time: detect repeats by `event_delivery` in here. */
  readonly payload: unknown;
}

/** Larger than any webhook. */
const bodyLimit = 1024 * 1024;

/**
 * Resolves to an account-wide webhook when its body was signed with the secret (`event-signature`, hex HMAC-SHA1 of the
 * raw body). Rejects with `missing-signature` or `invalid-signature` (answer 401), or with `body-consumed` (500) when a
 * body parser was faster. This is another scheme than that of the session callbacks.
 */
export async function verifyWebhook(request: Request, { secret }: WebhookOptions): Promise<Webhook> {
  const { secrets, missing } = checkSecrets(secret, { name: "secret", variable: "DINTERO_WEBHOOK_SECRET" });
  if (missing) throw missing;
  const signature = request.headers.get(WEBHOOK_SIGNATURE_HEADER);
  if (!signature) throw missingSignature(WEBHOOK_SIGNATURE_HEADER);
  const body = await readRequestBody(request, { limit: bodyLimit });
  if (!body) throw invalidSignature("the body is over 1 MB, which no webhook is");
  if (!(await verifiesWithAny(secrets, (one) => verifyWebhookSignature(one, signature, body)))) {
    throw invalidSignature("no secret makes this signature for the body");
  }
  return {
    event: request.headers.get("event") ?? undefined,
    deliveryId: request.headers.get(DELIVERY_HEADER) ?? undefined,
    payload: parseJson(body),
  };
}

function invalidSignature(message: string): DinteroError {
  return new DinteroError("invalid-signature", message, { status: 401 });
}
