/** One attempt to reach the merchant. */
export interface Attempt {
  readonly at: string;
  /** Status of the answer, or undefined where none came. */
  readonly status?: number;
  readonly error?: string;
  /** ms until the answer. */
  readonly duration?: number;
  /** The lines that were signed: `t`, account, method, host, path, sorted query. Of a webhook, its body. */
  readonly signed: string;
}

/** A call to the merchant's server, with all its attempts. */
export interface Delivery {
  /** The `event-delivery` header. */
  readonly id: string;
  /** `""` for a webhook's `ping`. */
  readonly sessionId: string;
  readonly transactionId?: string;
  /** Where it is an account-wide webhook. */
  readonly subscriptionId?: string;
  /** `result`, `CAPTURE`, `REFUND`, `VOID`, `address`, `discount`; of a webhook, its event. */
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
export interface Parcel extends Pick<
  Delivery,
  "sessionId" | "transactionId" | "subscriptionId" | "about" | "method" | "url"
> {
  /** JSON of a POST, read again for each attempt. */
  readonly body?: (deliveryId: string) => unknown;
  /** An account-wide webhook, which is signed and retried in its own way. */
  readonly webhook?: Webhook;
  /** Waits so long, in ms, before the first try. */
  readonly delay?: number;
}

/** What an account-wide webhook is signed with: `event-signature`, or the value as `Authorization`. */
export interface WebhookSecret {
  readonly type: "HMAC-SHA1" | "Authorization" | (string & {});
  readonly value: string;
}

export interface Webhook {
  /** Such as `checkout_transaction`. */
  readonly event: string;
  readonly secret?: WebhookSecret;
}

/** Dintero waits so long, in ms, for the answer to a callback. */
export const callbackTimeout = 10_000;

/** Retries after the first try, as Dintero does it. */
export const maximumRetries = 20;

/** A webhook is tried five times. */
export const maximumWebhookRetries = 4;

/** How long the real service may take to come back: 1 s, 2 s, 4 s … and then each five minutes. */
export const defaultRetryDelay = (retry: number): number => Math.min(1000 * 2 ** (retry - 1), 300_000);

/** What an answer means: a 1xx, a 5xx and none at all are tried again, all else is final; of a webhook only a 2xx. */
export function verdict({ status = 0 }: Attempt, webhook?: Webhook): "delivered" | "refused" | "again" {
  if (status >= 200 && status < 300) return "delivered";
  if (webhook) return "again";
  return status >= 300 && status < 500 ? "refused" : "again";
}

/** One line for the log. */
export function describeDelivery({ about, state, attempts, reason }: Delivery): string {
  if (reason) return `${about} ${state}: ${reason}`;
  const last = attempts.at(-1);
  return `${about} ${state}${last ? ` → ${last.status ?? last.error}` : ""}`;
}
