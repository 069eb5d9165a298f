import { canonicalRequest, signRequest } from "../../dintero/signature.ts";
import type { Attempt, Delivery } from "./delivery.ts";
import { accountOf } from "../../dintero/ids.ts";

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
  /** Ends the call from outside, too. */
  readonly controller: AbortController;
  /** ms to wait for the answer. */
  readonly timeout: number;
}

/** One signed try, with a fresh time. An answer that comes too late, or after the call was ended, is none. */
export async function callMerchant(
  { fetch, signatureSecret, now }: Caller,
  { delivery, body, controller, timeout }: MerchantCall,
): Promise<{ attempt: Attempt; text: string }> {
  const { id, sessionId, method, url } = delivery;
  const at = now();
  const timestamp = Math.floor(at / 1000);
  const request = { timestamp, accountId: accountOf(sessionId), method, url };
  const signed = canonicalRequest(request);
  const signature = await signRequest(signatureSecret, request);
  const attempt: Attempt = { at: new Date(at).toISOString(), signed };
  const giveUp = setTimeout(() => controller.abort(), timeout);
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal: controller.signal,
      headers: {
        "Dintero-Signature": signature,
        "event-delivery": id,
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { attempt: { ...attempt, status: response.status }, text: await response.text() };
  } catch (error) {
    return {
      attempt: { ...attempt, error: controller.signal.aborted ? "timeout" : reason(error) },
      text: "",
    };
  } finally {
    clearTimeout(giveUp);
  }
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? "connection failed";
}
