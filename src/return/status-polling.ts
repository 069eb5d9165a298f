import { ownField, ownOptions, ownText } from "../core/own-fields.ts";
import type { Claim } from "./return-address.ts";
import { isFinal, isStatus, type ReturnStatus } from "./return-state.ts";

/** What the endpoint answered about a transaction. Null is what it left out: nothing is taken from the address. */
export interface StatusAnswer {
  readonly status: ReturnStatus;
  readonly transactionId: string | null;
  readonly merchantReference: string | null;
  readonly sessionId: string | null;
}

export interface PollingOptions {
  /** Absolute. */
  readonly endpoint: URL;
  readonly claim: Claim;
  readonly credentials: RequestCredentials;
  /** Its abort ends the polling. */
  readonly signal: AbortSignal;
}

/** ms for all requests together, for one of them, and between two. */
const totalTime = 120_000;
const requestTimeout = 15_000;
const shortestPause = 500;
const longestPause = 5_000;

/** The endpoint will not answer otherwise later. */
const refusals = [400, 401, 403];

/**
 * Requests the status of the claimed transaction again and again, and yields each usable answer: until one is final,
 * two minutes are over, the endpoint refuses, or the signal aborts. After a failed or unusable answer it tries again.
 */
export async function* pollStatus({
  endpoint,
  claim,
  credentials,
  signal,
}: PollingOptions): AsyncGenerator<StatusAnswer> {
  const url = new URL(endpoint);
  url.searchParams.set("transaction_id", `${claim.transactionId}`);
  if (claim.merchantReference) url.searchParams.set("merchant_reference", claim.merchantReference);
  const end = AbortSignal.any([signal, AbortSignal.timeout(totalTime)]);
  for (let pause = shortestPause; !end.aborted; pause = Math.min(pause * 1.6, longestPause)) {
    const limit = AbortSignal.any([end, AbortSignal.timeout(requestTimeout)]);
    const options = ownOptions({ cache: "no-store" as const, credentials, signal: limit });
    const response = await fetch(url, options).catch(() => null);
    if (response && refusals.includes(response.status)) return;
    const data: unknown = response?.ok ? await response.json().catch(() => null) : null;
    if (end.aborted) return;
    const answer = readAnswer(data, claim);
    if (answer) yield answer;
    if (answer && isFinal(answer.status)) return;
    await sleep(pause, end);
  }
}

/** Null for an answer that is not usable, or about another transaction or order. */
function readAnswer(data: unknown, claim: Claim): StatusAnswer | null {
  const status = ownField(data, "status");
  if (!isStatus(status)) return null;
  if (!agrees(ownField(data, "transactionId"), claim.transactionId)) return null;
  if (claim.merchantReference && !agrees(ownField(data, "merchantReference"), claim.merchantReference))
    return null;
  // The server's function answers "" where Dintero named none.
  const read = (name: string): string | null => ownText(data, name) || null;
  return {
    status,
    transactionId: read("transactionId"),
    merchantReference: read("merchantReference"),
    sessionId: read("sessionId"),
  };
}

/** Whether the answer's field is missing or equals the claim's. Null and a number are another order's. */
function agrees(answered: unknown, claimed: string | null): boolean {
  return answered === undefined || answered === claimed;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(clearTimeout(timer)));
  });
}
