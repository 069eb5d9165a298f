import { canonicalRequest, signRequest } from "../../dintero/signature.ts";
import { signHmac } from "../../dintero/hmac.ts";
import { WEBHOOK_SIGNATURE_HEADER } from "../../dintero/webhook.ts";
import type { Attempt, Delivery, Webhook } from "./delivery.ts";
import { readBody } from "../../core/read-body.ts";
import { accountOf } from "../../dintero/ids.ts";

/** Bytes of the merchant's answer that are read; more is none. */
const answerLimit = 1024 * 1024;

/** How the merchant is called. */
export interface Caller {
  readonly fetch: typeof fetch;
  readonly signatureSecret: string;
  readonly now: () => number;
}

/** A call to be made. */
export interface MerchantCall {
  readonly delivery: Delivery;
  /** JSON of a POST. */
  readonly body: unknown;
  readonly webhook?: Webhook | undefined;
  /** Ends the call from outside, too. */
  readonly controller: AbortController;
  /** ms to wait for the answer. */
  readonly timeout: number;
}

/** One signed try, with a fresh time. An answer that comes too late, or after the call was ended, is none. */
export async function callMerchant(
  { fetch, signatureSecret, now }: Caller,
  { delivery, body, webhook, controller, timeout }: MerchantCall,
): Promise<{ attempt: Attempt; text: string }> {
  const { id, sessionId, method, url } = delivery;
  const at = now();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const timestamp = Math.floor(at / 1000);
  const request = { timestamp, accountId: accountOf(sessionId), method, url };
  const signed = webhook ? (text ?? "") : canonicalRequest(request);
  const signature = webhook
    ? await webhookHeaders(webhook, signed)
    : { "Dintero-Signature": await signRequest(signatureSecret, request) };
  const attempt: Attempt = { at: new Date(at).toISOString(), signed };
  const giveUp = setTimeout(() => controller.abort(), timeout);
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal: controller.signal,
      headers: {
        ...signature,
        "event-delivery": id,
        ...(text !== undefined && { "Content-Type": "application/json" }),
      },
      ...(text !== undefined && { body: text }),
    });
    const answer = await readBody(response, answerLimit);
    // What the merchant's server goes on to send is nothing that anybody waits for.
    if (!answer) controller.abort();
    const answerText = new TextDecoder().decode(answer ?? new Uint8Array());
    return { attempt: { ...attempt, status: response.status, duration: now() - at }, text: answerText };
  } catch (error) {
    return {
      attempt: { ...attempt, error: controller.signal.aborted ? "timeout" : reason(error) },
      text: "",
    };
  } finally {
    clearTimeout(giveUp);
  }
}

async function webhookHeaders({ event, secret }: Webhook, data: string): Promise<Record<string, string>> {
  if (secret?.type === "Authorization") return { event, Authorization: secret.value };
  if (secret?.type !== "HMAC-SHA1") return { event };
  return { event, [WEBHOOK_SIGNATURE_HEADER]: await signHmac({ hash: "SHA-1", secret: secret.value, data }) };
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? "connection failed";
}
