import type { Claim } from "./return-address.ts";
import { isFinal, isStatus, type ReturnStatus } from "./return-state.ts";

/** The endpoint's word on a transaction. */
export interface StatusAnswer {
  readonly status: ReturnStatus;
  readonly merchantReference: string | null;
  readonly sessionId: string | null;
}

const limit = 120_000;
const patience = 15_000;
const shortestPause = 500;
const longestPause = 5_000;

/**
 * Asks the endpoint about the claimed transaction and yields each usable answer, until one is final, two minutes are
 * over, the endpoint refuses (400, 401, 403), or `stop` aborts. One that is down, slow or talks rubbish is asked again.
 */
export async function* watchStatus(
  endpoint: string,
  claim: Claim,
  credentials: RequestCredentials,
  stop: AbortSignal,
): AsyncGenerator<StatusAnswer> {
  const url = URL.parse(endpoint, document.baseURI);
  if (!url) return console.error(`<dintero-return>: endpoint="${endpoint}" is no address`);
  url.searchParams.set("transaction_id", `${claim.transactionId}`);
  if (claim.merchantReference) url.searchParams.set("merchant_reference", claim.merchantReference);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(limit)]);
  for (let pause = shortestPause; !signal.aborted; pause = Math.min(pause * 1.6, longestPause)) {
    const data: unknown = await fetch(url, {
      cache: "no-store",
      credentials,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
      .then((response) => (response.ok ? response.json() : response.status))
      .catch(() => null);
    if (data === 400 || data === 401 || data === 403) return;
    const answer = read(data, claim);
    if (signal.aborted) return;
    if (answer) {
      yield answer;
      if (isFinal(answer.status)) return;
    }
    await sleep(pause, signal);
  }
}

/** An answer about another transaction or order than the one asked for is none. */
function read(data: unknown, claim: Claim): StatusAnswer | null {
  const {
    status,
    transactionId = claim.transactionId,
    merchantReference = claim.merchantReference,
    sessionId,
  } = Object(data) as Record<string, unknown>;
  if (!isStatus(status) || transactionId !== claim.transactionId) return null;
  if (claim.merchantReference && merchantReference !== claim.merchantReference) return null;
  return { status, merchantReference: text(merchantReference), sessionId: text(sessionId) };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(clearTimeout(timer)));
  });
}
