import {
  createDinteroClient,
  type CreatedSession,
  type DinteroClient,
} from "dintero-checkout-element/server";
import { Carts } from "../database/carts.ts";
import type { Database } from "../database/database.ts";
import { Orders } from "../database/orders.ts";
import { readFeatures, type Dintero, type Features, type Settings } from "../settings.ts";

/** The services that every part of the shop uses. */
export interface Shop {
  readonly client: DinteroClient;
  readonly database: Database;
  readonly carts: Carts;
  readonly orders: Orders;
  readonly settings: Settings;
  readonly features: Features;
  readonly signatureSecret: string | undefined;
  /** The address that shoppers and Dintero use. */
  readonly origin: string;
  /** Every host by which a browser may call the shop. */
  readonly origins: readonly string[];
  readonly checkoutOrigin: string;
  /** No real money moves. */
  readonly test: boolean;
  /** Pending requests for a session, by cart. */
  readonly pendingSessions: Map<string, Promise<CreatedSession>>;
  readonly log: (line: string) => void;
  /** The clock, in ms since the epoch. */
  readonly now: () => number;
}

export interface ShopOptions {
  readonly settings: Settings;
  /** As in the settings, or the sandbox. */
  readonly dintero: Dintero;
  readonly signatureSecret: string | undefined;
  readonly database: Database;
  /** Where the shop itself listens. */
  readonly localUrl: string;
  readonly log?: (line: string) => void;
  readonly now?: () => number;
  /** Reaches Dintero. */
  readonly fetch?: typeof fetch;
}

export function createShop(options: ShopOptions): Shop {
  const {
    settings,
    dintero,
    signatureSecret,
    database,
    localUrl,
    log = console.log,
    now = Date.now,
  } = options;
  const client = createDinteroClient({
    ...dintero,
    fetch: options.fetch,
    system: { name: "fjord-and-fell", version: "1.0.0" },
  });
  const origin = settings.publicUrl ?? localUrl;
  return {
    ...{ client, database, settings, signatureSecret, origin, log, now },
    carts: new Carts(database, now),
    orders: new Orders(database, now),
    features: readFeatures(settings),
    origins: [origin, localUrl, localUrl.replace("localhost", "127.0.0.1")],
    pendingSessions: new Map(),
    checkoutOrigin: dintero.checkoutUrl ?? "https://checkout.dintero.com",
    test: client.testMode || !settings.dintero,
  };
}
