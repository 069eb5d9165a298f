import { maximumRetries, maximumWebhookRetries, verdict, type Delivery, type Parcel } from "./delivery.ts";
import { Feed } from "../feed.ts";
import { randomId } from "../ids.ts";
import { isLoopback } from "../../core/addresses.ts";
import { isListed } from "../hosts.ts";
import { callMerchant, type Caller, type MerchantCall } from "./signed-call.ts";

export interface DeliveryOptions extends Caller {
  /** Hosts beyond this machine that may be called. */
  readonly deliverTo: readonly string[];
  /** ms to wait before retry 1, 2, …, 20. */
  readonly retryDelay: (retry: number) => number;
  /** ms until a try without an answer has failed. */
  readonly timeout: number;
  readonly onchange: (delivery: Delivery) => void;
}

/** Deliveries that the log keeps. */
const remembered = 500;

/** Calls the merchant, signed, again and again until it answers 2xx or 4xx; keeps a log of it. */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #log = new Map<string, Delivery>();
  readonly #parcels = new Map<string, Parcel>();
  readonly #pauses = new Set<() => void>();
  /** Of the calls under way. One for each: Node warns of more than ten listeners on one signal. */
  readonly #callsUnderWay = new Set<AbortController>();
  /** How often all was forgotten. What began before is not reported any more. */
  #generation = 0;
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
    const generation = this.#generation;
    const { body, delay, webhook, ...known } = parcel;
    const retries = webhook ? maximumWebhookRetries : maximumRetries;
    let delivery = this.#begin(known, parcel);
    const reason = this.#reasonToHoldBack(delivery.url);
    if (reason) {
      delivery = { ...delivery, state: "held-back", reason };
      this.#note(delivery);
      this.finished.add(delivery);
      return delivery;
    }
    if (delay) await this.#wait(delivery, delay);
    for (let retry = 1; generation === this.#generation; retry++) {
      const { attempt } = await this.#call(
        { delivery, body: body?.(delivery.id), webhook },
        this.#options.timeout,
      );
      if (generation !== this.#generation) break;
      delivery = { ...delivery, attempts: [...delivery.attempts, attempt] };
      const found = verdict(attempt, webhook);
      if (found !== "again" || retry > retries) {
        delivery = { ...delivery, state: found === "again" ? "given-up" : found };
        this.#note(delivery);
        this.finished.add(delivery);
        break;
      }
      await this.#wait(delivery, (this.retryDelay ?? this.#options.retryDelay)(retry));
    }
    return delivery;
  }

  /** Calls the merchant once and waits up to `timeout` ms for the answer; `status` is missing where none came. */
  async call(
    call: Pick<Delivery, "sessionId" | "about" | "url">,
    body: unknown,
    timeout: number,
  ): Promise<{ id: string; status?: number; error?: string; text: string }> {
    const delivery = this.#begin({ method: "POST", ...call });
    const reason = this.#reasonToHoldBack(delivery.url);
    if (reason) {
      this.#note({ ...delivery, state: "held-back", reason });
      return { id: delivery.id, error: `held back: ${reason}`, text: "" };
    }
    const generation = this.#generation;
    const { attempt, text } = await this.#call({ delivery, body }, timeout);
    const state = attempt.status === 200 ? "delivered" : attempt.status ? "refused" : "given-up";
    if (generation === this.#generation) this.#note({ ...delivery, attempts: [attempt], state });
    return { ...attempt, id: delivery.id, text };
  }

  /** Notes what is wrong with the answer to a call, for the console. */
  warn(id: string, warning: string): void {
    const delivery = this.#log.get(id);
    if (delivery) this.#log.set(id, { ...delivery, warning });
  }

  /** The same call once more, with a delivery id of its own; undefined where it is not remembered. */
  replay(id: string): Promise<Delivery> | undefined {
    const sent = this.#parcels.get(id);
    return sent && this.send({ ...sent, delay: 0 });
  }

  /** Ends every pause now: what waits is tried at once. */
  hurry(): void {
    for (const end of [...this.#pauses]) end();
  }

  /** Removes all deliveries and stops retrying. */
  clear(): void {
    this.#generation += 1;
    for (const controller of this.#callsUnderWay) controller.abort();
    this.hurry();
    this.#log.clear();
    this.#parcels.clear();
    this.finished.clear();
    this.retryDelay = undefined;
  }

  async #call(
    call: Pick<MerchantCall, "delivery" | "body" | "webhook">,
    timeout: number,
  ): ReturnType<typeof callMerchant> {
    const controller = new AbortController();
    this.#callsUnderWay.add(controller);
    try {
      return await callMerchant(this.#options, { ...call, controller, timeout });
    } finally {
      this.#callsUnderWay.delete(controller);
    }
  }

  /** Redirects are never followed, so the first address is the only one. */
  #reasonToHoldBack(url: string): string | undefined {
    const { host, hostname } = new URL(url);
    if (isLoopback(hostname) || isListed(host, this.#options.deliverTo)) return undefined;
    return `${hostname} is not this machine; allow it with --deliver-to ${hostname}`;
  }

  #begin(known: Omit<Delivery, "id" | "state" | "attempts">, parcel?: Parcel): Delivery {
    const delivery: Delivery = { id: randomId(), state: "waiting", attempts: [], ...known };
    if (parcel) this.#parcels.set(delivery.id, parcel);
    this.#note(delivery);
    return delivery;
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

  #wait(delivery: Delivery, ms: number): Promise<void> {
    this.#note({ ...delivery, nextAt: new Date(this.#options.now() + ms).toISOString() });
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      // A timer takes no more than 31 bits.
      const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
      // A retry an hour from now must not keep a finished script alive; browsers' timers are plain numbers.
      (timer as Partial<typeof timer>).unref?.();
      this.#pauses.add(end);
    });
  }
}
