/** One attempt to reach the merchant. */
export interface Attempt {
  readonly at: string;
  /** Status of the answer, or undefined where none came. */
  readonly status?: number;
  readonly error?: string;
  /** The lines that were signed: `t`, account, method, host, path, sorted query. */
  readonly signed: string;
}

/** A call to the merchant's server, with all its attempts. */
export interface Delivery {
  /** The `event-delivery` header. */
  readonly id: string;
  readonly sessionId: string;
  readonly transactionId?: string;
  /** `result`, `CAPTURE`, `REFUND`, `VOID`, `address`, `discount`. */
  readonly about: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  /** `held-back`: the url is beyond what the sandbox may call; `reason` explains how to allow it. */
  readonly state: "waiting" | "delivered" | "refused" | "given-up" | "held-back";
  readonly reason?: string;
  /** The problem with a merchant's answer that was accepted all the same. The console shows it to the developer. */
  readonly warning?: string;
  readonly attempts: readonly Attempt[];
  /** When the next try is due, while it waits for it. */
  readonly nextAt?: string;
}

/** What is to be delivered. */
export interface Parcel extends Pick<Delivery, "sessionId" | "transactionId" | "about" | "method" | "url"> {
  /** JSON of a POST, read again for each attempt. */
  readonly body?: () => unknown;
  /** Waits so long, in ms, before the first try. */
  readonly delay?: number;
}

/** Dintero waits so long, in ms, for the answer to a callback. */
export const callbackTimeout = 10_000;

/** Retries after the first try, as Dintero does it. */
export const maximumRetries = 20;

/** How long the real service may take to come back: 1 s, 2 s, 4 s … and then each five minutes. */
export const defaultRetryDelay = (retry: number): number => Math.min(1000 * 2 ** (retry - 1), 300_000);

/** What an answer means: a 1xx, a 5xx and none at all are tried again, all else is final. */
export function verdict({ status = 0 }: Attempt): "delivered" | "refused" | "again" {
  if (status >= 200 && status < 300) return "delivered";
  return status >= 300 && status < 500 ? "refused" : "again";
}

/** One line for the log. */
export function describeDelivery({ about, state, attempts, reason }: Delivery): string {
  if (reason) return `${about} ${state}: ${reason}`;
  const last = attempts.at(-1);
  return `${about} ${state}${last ? ` → ${last.status ?? last.error}` : ""}`;
}
