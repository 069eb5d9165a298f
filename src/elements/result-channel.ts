import { ownField } from "../core/own-fields.ts";

/** An outcome that the merchant's server has confirmed: only such ones travel between tabs. */
export interface VerifiedResult {
  readonly status: "paid" | "on-hold" | "failed" | "cancelled";
  /** Decides which element is meant. */
  readonly sessionId: string | null;
  /** Decides where the session is unknown. */
  readonly merchantReference: string | null;
  readonly transactionId: string | null;
}

const channelName = "dintero-checkout";
const statuses = ["paid", "on-hold", "failed", "cancelled"] as const;
const ids = ["sessionId", "merchantReference", "transactionId"] as const;

/**
 * Sends the result to the other tabs of this origin. A payment in an app (Vipps, Swish, a bank) comes back in a new tab,
 * and the tab it started in may not learn of it otherwise.
 */
export function announceResult(result: VerifiedResult): void {
  // Nobody could know which element is meant.
  if (result.sessionId === null && result.merchantReference === null) return;
  const channel = open();
  if (!channel) return;
  const { status, sessionId, merchantReference, transactionId } = result;
  channel.postMessage({ type: "result", status, sessionId, merchantReference, transactionId });
  // What was posted before the close is still delivered.
  channel.close();
}

/**
 * Calls back for each well-formed result of another tab, until `signal` aborts. Any script of the same origin can post
 * to this channel, so only the shape is checked: the server decides what was paid.
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
    // Missing, or forbidden in an opaque origin: this tab then receives no results.
    return undefined;
  }
}

function parse(data: unknown): VerifiedResult | undefined {
  const status = statuses.find((known) => known === ownField(data, "status"));
  const [sessionId, merchantReference, transactionId] = ids.map((name) => ownField(data, name));
  if (ownField(data, "type") !== "result" || !status) return undefined;
  if (!isIdOrNull(sessionId) || !isIdOrNull(merchantReference) || !isIdOrNull(transactionId))
    return undefined;
  if (sessionId === null && merchantReference === null) return undefined;
  return { status, sessionId, merchantReference, transactionId };
}

function isIdOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && value.length > 0 && value.length <= 256);
}
