import { canonicalRequest, sign } from "../server/signature.ts";
import { Feed } from "./feed.ts";
import { accountOf, randomId } from "./ids.ts";

/** One try to reach the merchant. */
export interface Attempt {
  readonly at: string;
  /** Status of the answer, or undefined where none came. */
  readonly status?: number;
  readonly error?: string;
  /** The lines that were signed: `t`, account, method, host, path, sorted query. */
  readonly signed: string;
}

/** A call to the merchant's server, with all its tries. */
export interface Delivery {
  /** The `event-delivery` header. */
  readonly id: string;
  readonly sessionId: string;
  readonly transactionId?: string;
  /** `result`, `CAPTURE`, `REFUND`, `VOID`, `address`, `discount`. */
  readonly about: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly state: "waiting" | "delivered" | "refused" | "given-up";
  readonly attempts: readonly Attempt[];
}

/** What is to be delivered. */
export interface Parcel extends Pick<Delivery, "sessionId" | "transactionId" | "about" | "method" | "url"> {
  /** JSON of a POST, read anew for each try. */
  readonly body?: () => unknown;
  /** Waits so long, in ms, before the first try. */
  readonly delay?: number;
}

export interface DeliveryOptions {
  readonly fetch: typeof fetch;
  readonly signatureSecret: string;
  /** ms to wait before retry 1, 2, …, 20. */
  readonly retryDelay: (retry: number) => number;
  /** ms until a try without an answer has failed. */
  readonly timeout: number;
  readonly now: () => number;
  readonly onchange: (delivery: Delivery) => void;
}

/** Retries after the first try, as Dintero does it. */
const maximumRetries = 20;

/** Deliveries that the log keeps. */
const remembered = 500;

/** How long the real service may take to come back: 1 s, 2 s, 4 s … and then each five minutes. */
export const defaultRetryDelay = (retry: number): number => Math.min(1000 * 2 ** (retry - 1), 300_000);

/** Calls the merchant, signed, again and again until it answers 2xx or 4xx; keeps a log of it. */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #log = new Map<string, Delivery>();
  readonly #parcels = new Map<string, Parcel>();
  readonly #timers = new Map<ReturnType<typeof setTimeout>, () => void>();
  #generation = new AbortController();
  /** Callbacks that were delivered, refused or given up, in this order. */
  readonly finished = new Feed<Delivery>(remembered);
  /** Overrides the schedule while set; ms before each retry. */
  retryDelay: ((retry: number) => number) | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  get(id: string): Delivery | undefined {
    return this.#log.get(id);
  }

  /** All that are remembered, oldest first. */
  [Symbol.iterator](): Iterator<Delivery> {
    return this.#log.values();
  }

  /** Delivers in the background; resolves when it was delivered, refused or given up. */
  async send(parcel: Parcel): Promise<Delivery> {
    const { signal } = this.#generation;
    const { body, delay, ...known } = parcel;
    let delivery: Delivery = { id: randomId(), state: "waiting", attempts: [], ...known };
    const note = (change: Partial<Delivery>) => {
      delivery = { ...delivery, ...change };
      if (!signal.aborted) this.#note(delivery);
    };
    this.#parcels.set(delivery.id, parcel);
    note({});
    if (delay) await this.#pause(delay);
    for (let retry = 0; !signal.aborted; retry++) {
      const { attempt } = await this.#call(delivery, body?.(), signal, this.#options.timeout);
      const attempts = [...delivery.attempts, attempt];
      const status = attempt.status ?? 0;
      if (status >= 200 && status < 500) note({ attempts, state: status < 300 ? "delivered" : "refused" });
      else if (retry === maximumRetries) note({ attempts, state: "given-up" });
      else {
        note({ attempts });
        await this.#pause((this.retryDelay ?? this.#options.retryDelay)(retry + 1));
        continue;
      }
      break;
    }
    if (!signal.aborted) this.finished.add(delivery);
    return delivery;
  }

  /** Asks the merchant once and waits up to `timeout` ms for the answer; `status` is missing where none came. */
  async ask(
    asked: Pick<Delivery, "sessionId" | "about" | "url">,
    body: unknown,
    timeout: number,
  ): Promise<{ status?: number; error?: string; text: string }> {
    const delivery: Delivery = { id: randomId(), state: "waiting", attempts: [], method: "POST", ...asked };
    this.#note(delivery);
    const { attempt, text } = await this.#call(delivery, body, this.#generation.signal, timeout);
    const state = attempt.status === 200 ? "delivered" : attempt.status ? "refused" : "given-up";
    this.#note({ ...delivery, attempts: [attempt], state });
    return { ...attempt, text };
  }

  #note(delivery: Delivery): void {
    this.#log.set(delivery.id, delivery);
    for (const old of this.#log.keys()) {
      if (this.#log.size <= remembered) break;
      this.#log.delete(old);
      this.#parcels.delete(old);
    }
    this.#options.onchange(delivery);
  }

  async #call(
    { id, sessionId, method, url }: Delivery,
    body: unknown,
    signal: AbortSignal,
    timeout: number,
  ): Promise<{ attempt: Attempt; text: string }> {
    const now = this.#options.now();
    const timestamp = Math.floor(now / 1000);
    const accountId = accountOf(sessionId);
    const signed = canonicalRequest({ timestamp, accountId, method, url });
    const hex = await sign(this.#options.signatureSecret, signed);
    const attempt: Attempt = { at: new Date(now).toISOString(), signed };
    const timer = new AbortController();
    const giveUp = setTimeout(() => timer.abort(), timeout);
    const stop = () => timer.abort();
    signal.addEventListener("abort", stop);
    try {
      const response = await this.#options.fetch(url, {
        method,
        redirect: "manual",
        signal: timer.signal,
        headers: {
          "Dintero-Signature": `t=${timestamp},v0-hmac-sha256=${hex}`,
          "event-delivery": id,
          ...(body !== undefined && { "Content-Type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { attempt: { ...attempt, status: response.status }, text: await response.text() };
    } catch (error) {
      return { attempt: { ...attempt, error: timer.signal.aborted ? "timeout" : reason(error) }, text: "" };
    } finally {
      clearTimeout(giveUp);
      signal.removeEventListener("abort", stop);
    }
  }

  /** The same call once more, with a delivery id of its own; undefined where it is not remembered. */
  replay(id: string): Promise<Delivery> | undefined {
    const sent = this.#parcels.get(id);
    return sent && this.send({ ...sent, delay: 0 });
  }

  /** Ends every pause now: what waits is tried at once. */
  hurry(): void {
    for (const wake of [...this.#timers.values()]) wake();
  }

  /** Forgets everything and delivers nothing more. */
  clear(): void {
    this.#generation.abort();
    this.#generation = new AbortController();
    this.hurry();
    this.#log.clear();
    this.#parcels.clear();
    this.finished.clear();
    this.retryDelay = undefined;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#timers.delete(timer);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1));
      this.#timers.set(timer, wake);
    });
  }
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? "connection failed";
}
