import { accountOf } from "../../dintero/ids.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import type { Delivery } from "../deliveries/delivery.ts";
import { SandboxError } from "../errors.ts";
import { randomId } from "../ids.ts";
import type { SubscriptionRequest } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Notice } from "../transactions/notice.ts";

/** An account-wide webhook. */
export interface Subscription extends SubscriptionRequest {
  readonly id: string;
  readonly account: string;
  readonly active: boolean;
  readonly created_at: string;
}

export interface SubscriptionsOptions {
  readonly deliveries: Deliveries;
  /** The clock, ISO 8601. */
  readonly time: () => string;
  readonly onChange: () => void;
}

/** The webhooks of the accounts, and what is delivered to them. */
export class Subscriptions {
  readonly #all = new Map<string, Subscription>();
  readonly #options: SubscriptionsOptions;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /** A `ping` follows. */
  create(account: string, { config, events }: SubscriptionRequest): Subscription {
    const created = {
      id: randomId(),
      account,
      active: true,
      created_at: this.#options.time(),
      config,
      events,
    };
    this.add(created);
    this.#options.onChange();
    this.ping(created);
    return created;
  }

  /** Takes one in, as it comes from a state file. */
  add(subscription: Subscription): void {
    this.#all.set(subscription.id, subscription);
  }

  /** One of the account, or 404. */
  require(id: string, account: string): Subscription {
    const found = this.#all.get(id);
    if (found?.account !== account)
      throw new SandboxError(404, "subscription_not_found", "There is no such subscription");
    return found;
  }

  delete(id: string): void {
    this.#all.delete(id);
    this.#options.onChange();
  }

  [Symbol.iterator](): Iterator<Subscription> {
    return this.#all.values();
  }

  clear(): void {
    this.#all.clear();
  }

  ping(subscription: Subscription): void {
    this.#send(subscription, "ping", {});
  }

  /** Tells the subscribers of the session's account what happened to it. */
  notify(record: SessionRecord, notice: Notice): void {
    const { session, transaction } = record;
    const error = notice.kind === "result" ? notice.error : undefined;
    const events = notice.kind === "result" ? ["checkout_authorization"] : [];
    if (transaction && !error) events.push("checkout_transaction");
    for (const subscription of this.#all.values())
      for (const event of events)
        if (subscription.account === accountOf(session.id) && subscription.events.includes(event))
          this.#send(subscription, event, { record, fields: error && { error } });
  }

  /** What was sent to it, newest first. */
  deliveriesOf({ id }: Subscription): readonly Delivery[] {
    return [...this.#options.deliveries].filter(({ subscriptionId }) => subscriptionId === id).reverse();
  }

  #send(
    { id, account, config }: Subscription,
    event: string,
    { record, fields }: { readonly record?: SessionRecord; readonly fields?: object | undefined },
  ): void {
    const { session, transaction } = record ?? {};
    void this.#options.deliveries.send({
      subscriptionId: id,
      sessionId: session?.id ?? "",
      ...(transaction && { transactionId: transaction.id }),
      about: event,
      method: "POST",
      url: config.url,
      webhook: { event, ...(config.secret && { secret: config.secret }) },
      body: (event_delivery) => ({
        ...{ account_id: account, event, event_delivery },
        ...(session && { session_id: session.id, merchant_reference: session.order.merchant_reference }),
        ...(transaction && { transaction }),
        ...fields,
      }),
    });
  }
}
