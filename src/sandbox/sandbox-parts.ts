import type { Deliveries } from "./deliveries/deliveries.ts";
import type { Faults } from "./faults.ts";
import type { Feed } from "./feed.ts";
import type { LogLine } from "./log.ts";
import type { Connection } from "./connection.ts";
import type { ExpressCheckout } from "./sessions/express.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { Tokens } from "./tokens.ts";
import type { Profiles } from "./profiles/profiles.ts";
import type { AcceptedOperations } from "./transactions/accepted-operations.ts";
import type { SavedCards } from "./transactions/saved-cards.ts";
import type { Subscriptions } from "./webhooks/subscriptions.ts";
import type { Transactions } from "./transactions/transactions.ts";

/** A local stand-in for Dintero. */
export interface Sandbox {
  /**
   * Answers every request to it; takes a `Request`, or what `fetch` takes. As the handler of a server it also reads
   * which address a request came from, where the server passes that as the second argument.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit | Connection) => Promise<Response>;
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signatureSecret: string;
  readonly sessions: Sessions;
  readonly transactions: Transactions;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly tokens: Tokens;
  /** Checkout profiles. */
  readonly profiles: Profiles;
  /** Cards that customers saved, with their tokens. */
  readonly savedCards: SavedCards;
  /** The log, newest last. */
  readonly log: Feed<LogLine>;
  /** Removes sessions, transactions, tokens, faults and deliveries. Credentials are kept. */
  reset(): void;
}

/** The parts that the routes and the testing kit use. */
export interface SandboxParts extends Omit<Sandbox, "fetch" | "reset"> {
  readonly accounts: readonly string[];
  readonly url: string | undefined;
  /** Hosts beyond loopback by which requests may name the sandbox. */
  readonly hosts: readonly string[];
  /** The control API is not for this machine alone. */
  readonly trustNetwork: boolean;
  /** Origins of pages that may use the control API. */
  readonly allowedOrigins: readonly string[];
  readonly newerSdk: boolean;
  readonly keep: number;
  readonly now: () => number;
  readonly accepted: AcceptedOperations;
  readonly express: ExpressCheckout;
  /** Account-wide webhooks. */
  readonly subscriptions: Subscriptions;
  /** Callbacks that the shopper waits for, by session: the fault `beforeReturn`. */
  readonly beforeReturn: Map<string, Promise<unknown>>;
}
