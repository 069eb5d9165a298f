import { createApp } from "./app.ts";
import type { Sandbox, SandboxParts } from "./sandbox-parts.ts";
import { sendCallbacks } from "./transactions/callbacks.ts";
import { Deliveries } from "./deliveries/deliveries.ts";
import { callbackTimeout, defaultRetryDelay, describeDelivery } from "./deliveries/delivery.ts";
import { SandboxError } from "./errors.ts";
import { Faults } from "./faults.ts";
import { Feed } from "./feed.ts";
import { accountIdPattern, randomId } from "./ids.ts";
import { Kit } from "./kit.ts";
import type { LogLine } from "./log.ts";
import { Profiles } from "./profiles/profiles.ts";
import type { Connection } from "./connection.ts";
import { ExpressCheckout } from "./sessions/express.ts";
import type { SessionRecord } from "./session-record.ts";
import { Sessions } from "./sessions/sessions.ts";
import { warningsOf } from "./session-warnings.ts";
import { restore, savedSession, snapshot, type StateStore } from "./state.ts";
import { Tokens } from "./tokens.ts";
import { AcceptedOperations } from "./transactions/accepted-operations.ts";
import { SavedCards } from "./transactions/saved-cards.ts";
import { Subscriptions } from "./webhooks/subscriptions.ts";
import { Transactions } from "./transactions/transactions.ts";

/** How a sandbox is set up. Everything has a default. */
export interface SandboxOptions {
  /** Account id: `T` and 8 digits, or `P00000000`. Default `T12345678`. `P00000000` is always served as well. */
  readonly account?: string;
  /** Client secret and signature secret in one, so that pasted lines outlive a restart. Default: random. */
  readonly secret?: string;
  /** Default: random. */
  readonly clientId?: string;
  /** Default: `secret`. */
  readonly clientSecret?: string;
  /** Signs the calls to the merchant. Default: `secret`. */
  readonly signatureSecret?: string;
  /** The sandbox's own address, which the urls of sessions begin with. Default: the one it was called by. */
  readonly url?: string;
  /** Delivers callbacks. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /**
   * Hosts that callbacks, and the calls for addresses and discounts, may go to beyond this machine: `shop.test`,
   * `shop:3000`, or `*` for every host. What would go elsewhere is held back, and the console shows it. Names count as
   * they are written, wherever they resolve to; only `localhost` and `*.localhost` are this machine. Default: none,
   * and every host where `fetch` is given, which then decides.
   */
  readonly deliverTo?: readonly string[];
  /**
   * Hosts beyond this machine by which requests may name the sandbox, such as a service of Docker Compose. `0.0.0.0`
   * or `::` is every IP address. Requests that name another `Host` get a 403. Default: none but that of `url`.
   */
  readonly hosts?: readonly string[];
  /**
   * Lets whoever reaches the sandbox by a name of `url` or `hosts` use its console and control API. Default: this
   * machine alone, by a loopback name; a tunnel's calls arrive from this machine and are not.
   */
  readonly trustNetwork?: boolean;
  /** Origins of pages that may use the control API, such as that of tests in a browser. Default: the sandbox's own. */
  readonly allowedOrigins?: readonly string[];
  /** ms to wait before retry 1 to 20 of a callback. Default: 1 s, doubling up to 5 min; `() => 0` for tests. */
  readonly retryDelay?: (retry: number) => number;
  /** ms until a callback that is not answered has failed. Default 10,000. */
  readonly callbackTimeout?: number;
  /** Seconds until a token expires. Default 14,400. */
  readonly tokenLifetime?: number;
  /** Number of sessions to keep; the oldest are removed. Default 2,000. */
  readonly keep?: number;
  /** The hosted page sends the messages for SDKs newer than 0.8.30. Default false. */
  readonly newerSdk?: boolean;
  /** Keeps sessions and transactions over a restart. */
  readonly state?: StateStore;
  /** The clock, in ms. */
  readonly now?: () => number;
}

/**
 * A local stand-in for Dintero: its REST, hosted page and signed callbacks on one address.
 *
 * @throws {SandboxError} `invalid_account` when the account is neither `T` and 8 digits nor `P00000000`, `invalid_secret`
 * when the client id or a secret is empty.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const now = options.now ?? Date.now;
  const keep = options.keep ?? 2000;
  const saved = options.state?.load();
  const accountId = options.account ?? saved?.accountId ?? "T12345678";
  if (!accountIdPattern.test(accountId))
    throw new SandboxError(400, "invalid_account", "account must be T and 8 digits, or P00000000");
  const clientId = options.clientId ?? saved?.clientId ?? randomId(16);
  const clientSecret = options.clientSecret ?? options.secret ?? saved?.clientSecret ?? randomId(32);
  const signatureSecret = options.signatureSecret ?? options.secret ?? saved?.signatureSecret ?? randomId(32);
  // Nothing can be signed with an empty one.
  if (!clientId || !clientSecret || !signatureSecret)
    throw new SandboxError(
      400,
      "invalid_secret",
      "client id, client secret and signature secret must not be empty",
    );

  const log = new Feed<LogLine>(500);
  const note = (line: Omit<LogLine, "at">) => log.add({ at: new Date(now()).toISOString(), ...line });
  const accounts = [...new Set([accountId, "P00000000"])];
  const tokens = new Tokens({
    accounts,
    clientId,
    clientSecret,
    lifetime: options.tokenLifetime ?? 14_400,
    now,
  });
  const savedCards = new SavedCards(() => save());
  const profiles = new Profiles(() => save());
  const sessions: Sessions = new Sessions({
    keep,
    now,
    profiles,
    owner: () => kit,
    onChange(record, what) {
      const { session, transaction } = record;
      const text = transaction ? `${what} (${transaction.status})` : what;
      note({ kind: "session", text, session: session.id });
      if (what === "created")
        for (const { message } of warningsOf(session))
          note({ kind: "warning", text: message, session: session.id });
      save(record);
    },
  });
  const faults: Faults = new Faults((only) => {
    for (const record of only === undefined ? sessions.records() : [sessions.find(only)])
      record?.feed.add({ type: "directives", directives: faults.directives(record.session.id) });
  });
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  // A payment that was reported to the merchant survives the end of the process, too.
  const deliver: typeof fetch = async (input, init) => {
    await options.state?.settled?.();
    return send(input, init);
  };
  const deliverTo = options.deliverTo ?? (options.fetch ? ["*"] : []);
  const hosts = [...(options.hosts ?? []), ...(options.url ? [new URL(options.url).host] : [])];
  const deliveries = new Deliveries({
    fetch: deliver,
    deliverTo,
    signatureSecret,
    retryDelay: options.retryDelay ?? defaultRetryDelay,
    timeout: options.callbackTimeout ?? callbackTimeout,
    now,
    onchange(delivery) {
      note({
        kind: "delivery",
        text: describeDelivery(delivery),
        session: delivery.sessionId,
        delivery: delivery.id,
      });
    },
  });
  const express = new ExpressCheckout({
    sessions,
    deliveries,
    onCorrection: ({ session }, text) => note({ kind: "warning", text, session: session.id }),
  });
  const beforeReturn: SandboxParts["beforeReturn"] = new Map();
  const transactions = new Transactions({
    sessions,
    savedCards,
    onNotice(record, notice) {
      const { id } = record.session;
      const fault = faults.callback(id);
      const reports = record.session.url.callback_url !== undefined && !fault.never;
      if (reports && notice.kind === "result" && !notice.error)
        sessions.change(record, {}, { name: callbackEvent(record) });
      const answered = Promise.all(
        sendCallbacks(deliveries, { record, notice, now: sessions.time(), fault }),
      );
      if (fault.beforeReturn) beforeReturn.set(id, answered);
      void answered;
      subscriptions.notify(record, notice);
    },
  });
  const accepted = new AcceptedOperations(sessions, transactions);
  const subscriptions = new Subscriptions({
    deliveries,
    time: () => sessions.time(),
    onChange: () => save(),
  });
  const kit = new Kit({ sessions, transactions, deliveries, profiles });

  const lasting = { sessions, savedCards, profiles, subscriptions };
  const readState = snapshot({ accountId, clientId, clientSecret, signatureSecret }, lasting);
  const save = (record?: SessionRecord) =>
    options.state?.save(readState, record && (() => savedSession(record)));
  if (saved) restore(saved, lasting);
  else save();

  // Completes the operations that a restart interrupted.
  accepted.completeAll();

  const parts: SandboxParts = {
    ...{ accountId, clientId, clientSecret, signatureSecret, accounts, url: options.url, keep, now },
    ...{ sessions, transactions, faults, deliveries, tokens, log, beforeReturn },
    ...{ savedCards, profiles, subscriptions, accepted, express },
    ...{ hosts, allowedOrigins: options.allowedOrigins ?? [] },
    newerSdk: options.newerSdk ?? false,
    trustNetwork: options.trustNetwork ?? false,
  };
  const answer = answerWhenSaved(createApp(parts), options.state);
  return {
    ...{ accountId, clientId, clientSecret, signatureSecret },
    ...{ sessions, transactions, faults, deliveries, tokens, savedCards, profiles, log },
    fetch: (input, init) => {
      if (isConnection(init)) return answer(input instanceof Request ? input : new Request(input), init);
      return answer(input instanceof Request && !init ? input : new Request(input, init));
    },
    reset() {
      deliveries.clear();
      accepted.clear();
      savedCards.clear();
      profiles.clear();
      subscriptions.clear();
      sessions.clear();
      tokens.expireAll();
      faults.clear();
      log.clear();
      save();
    },
  };
}

/** What an answer reports has been kept before: it survives the end of the process. */
function answerWhenSaved(app: ReturnType<typeof createApp>, state: StateStore | undefined): typeof app {
  if (!state?.settled) return app;
  return async (request, connection) => {
    const response = await app(request, connection);
    await state.settled?.();
    return response;
  };
}

function isConnection(init: RequestInit | Connection | undefined): init is Connection {
  return init !== undefined && "incoming" in init;
}

function callbackEvent({ transaction }: SessionRecord): "ON_HOLD_CALLBACK_SENT" | "AUTH_CALLBACK_SENT" {
  return transaction?.status === "ON_HOLD" ? "ON_HOLD_CALLBACK_SENT" : "AUTH_CALLBACK_SENT";
}
