/** An outcome that the merchant's server has confirmed: only such ones travel between tabs. */
export interface VerifiedResult {
  readonly status: "paid" | "on-hold" | "failed" | "cancelled";
  /** Says which element is meant. */
  readonly sessionId: string | null;
  /** Says so where the session is unknown. */
  readonly merchantReference: string | null;
  readonly transactionId: string | null;
}

const channelName = "dintero-checkout";
const statuses: readonly unknown[] = ["paid", "on-hold", "failed", "cancelled"];

/**
 * Tells the other tabs of this origin. A payment in an app (Vipps, Swish, a bank) comes back in a new tab, and the
 * tab that it began in may never hear of it otherwise.
 */
export function announceResult(result: VerifiedResult): void {
  const channel = open();
  if (!channel) return;
  const { status, sessionId, merchantReference, transactionId } = result;
  channel.postMessage({ type: "result", status, sessionId, merchantReference, transactionId });
  // What was posted before the close is still delivered.
  channel.close();
}

/**
 * Calls back for each well-formed result of another tab, until `signal` aborts. Any script of the same origin can
 * speak on this channel, so the shape is checked and nothing else is believed: the server's word is the truth.
 */
export function listenForResults(callback: (result: VerifiedResult) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const channel = open();
  if (!channel) return;
  channel.addEventListener("message", ({ data }) => {
    const result = parse(data);
    if (result) callback(result);
  });
  signal.addEventListener("abort", () => channel.close());
}

function open(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(channelName);
  } catch {
    // Missing, or forbidden in an opaque origin: the tab then simply does not hear of it.
    return undefined;
  }
}

function parse(data: unknown): VerifiedResult | undefined {
  const said = (data ?? {}) as VerifiedResult & { readonly type?: unknown };
  const { type, status, sessionId, merchantReference, transactionId } = said;
  if (type !== "result" || !statuses.includes(status)) return undefined;
  if (![sessionId, merchantReference, transactionId].every(isId)) return undefined;
  return (sessionId ?? merchantReference)
    ? { status, sessionId, merchantReference, transactionId }
    : undefined;
}

function isId(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.length > 0 && value.length <= 256);
}
