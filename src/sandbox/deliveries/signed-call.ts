import { canonicalRequest, signRequest } from "../../dintero/signature.ts";
import type { Attempt, Delivery } from "./delivery.ts";
import { accountOf } from "../../dintero/ids.ts";

/** How the merchant is called. */
export interface Caller {
  readonly fetch: typeof fetch;
  readonly signatureSecret: string;
  readonly now: () => number;
}

/** Makes one signed attempt, with a fresh time. It fails after `timeout` ms, or when `abort` is called. */
export async function callMerchant(
  { fetch, signatureSecret, now }: Caller,
  { id, sessionId, method, url }: Delivery,
  body: unknown,
  abort: AbortController,
  timeout: number,
): Promise<{ attempt: Attempt; text: string }> {
  const at = now();
  const timestamp = Math.floor(at / 1000);
  const request = { timestamp, accountId: accountOf(sessionId), method, url };
  const signed = canonicalRequest(request);
  const signature = await signRequest(signatureSecret, request);
  const attempt: Attempt = { at: new Date(at).toISOString(), signed };
  const giveUp = setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal: abort.signal,
      headers: {
        "Dintero-Signature": signature,
        "event-delivery": id,
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { attempt: { ...attempt, status: response.status }, text: await response.text() };
  } catch (error) {
    return { attempt: { ...attempt, error: abort.signal.aborted ? "timeout" : reason(error) }, text: "" };
  } finally {
    clearTimeout(giveUp);
  }
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? "connection failed";
}
