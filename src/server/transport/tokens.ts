import type { TokenRequest } from "../../dintero/token.ts";
import { ownField } from "../../core/own-fields.ts";
import type { ClientSettings, TokenStore } from "../client-options.ts";
import { withTimeout } from "../with-timeout.ts";
import type { Sender } from "./attempts.ts";
import { base64, createRedactor } from "./redact.ts";

export interface IssuedToken {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

export interface Tokens {
  /** The token, where nothing needs to be waited for. */
  readonly atHand: string | undefined;
  /** The token; requested once, however many callers wait. */
  get(): Promise<string>;
  /**
   * Another token than the one that Dintero rejected, and not from the store, where the same one may lie. The rejected
   * one again, when the token endpoint gives nothing else.
   */
  renew(rejected: string): Promise<string>;
}

export interface TokensOptions {
  /** Under which the token is kept in the store. */
  readonly key: string;
  readonly store?: TokenStore | undefined;
  /** Milliseconds after which a token request that has not ended is given up. */
  readonly timeout: number;
  requestToken(): Promise<IssuedToken>;
}

interface PendingRequest {
  readonly token: Promise<string>;
  readonly startedAt: number;
  readonly isRenewal: boolean;
}

/** A store that fails or hangs costs this many ms and a token request, never the sale. */
const storeTimeout = 1000;

export function createTokens({ key, store, timeout, requestToken }: TokensOptions): Tokens {
  /** `usableUntil` is in ms since the epoch, as in the store: instances have no other clock in common. */
  let current = { token: "", usableUntil: 0 };
  let pending: PendingRequest | undefined;

  const isUsable = () => current.usableUntil > Date.now();

  async function readStore(): Promise<void> {
    const value = await useStore((tokenStore) => tokenStore.get(key));
    const [, usableUntil, token] = /^(\d+) (.+)$/.exec(typeof value === "string" ? value : "") ?? [];
    if (isToken(token)) current = { token, usableUntil: Number(usableUntil) };
  }

  async function useStore(work: (tokenStore: TokenStore) => unknown): Promise<unknown> {
    if (!store) return undefined;
    return withTimeout({ timeout: storeTimeout }, () => work(store)).catch(() => undefined);
  }

  async function obtain(isRenewal: boolean): Promise<string> {
    if (!isRenewal) {
      await readStore();
      if (isUsable()) return current.token;
    }
    const { token, lifetime } = await requestToken();
    // A minute's margin, so that a token does not expire before it arrives; half of a short life.
    const seconds = Math.floor(Math.max(lifetime - 60, lifetime / 2));
    current = { token, usableUntil: Date.now() + seconds * 1000 };
    if (seconds > 0) {
      await useStore((tokenStore) => tokenStore.set(key, `${current.usableUntil} ${token}`, seconds));
    }
    return token;
  }

  /** Joins the request that is under way, or starts one. */
  function share(isRenewal: boolean): PendingRequest {
    // A host may end the request that was waiting (Workers do) and leave its promise open for ever.
    if (pending && performance.now() - pending.startedAt < timeout) return pending;
    const token = obtain(isRenewal).finally(() => {
      if (pending === started) pending = undefined;
    });
    const started: PendingRequest = { token, startedAt: performance.now(), isRenewal };
    pending = started;
    return started;
  }

  async function renew(rejected: string): Promise<string> {
    if (current.token !== rejected && isUsable()) return current.token;
    const request = share(true);
    const token = await request.token;
    // Earlier callers may have been given the rejected one, by the store.
    return token === rejected && !request.isRenewal ? renew(rejected) : token;
  }

  return {
    get atHand() {
      return isUsable() ? current.token : undefined;
    },
    get: async () => (isUsable() ? current.token : share(false).token),
    renew,
  };
}

/** The account's address, which is also the audience of its tokens. */
export function accountAddress({ apiUrl, accountId }: ClientSettings): string {
  return `${apiUrl}/v1/accounts/${accountId}`;
}

/** `POST /v1/accounts/{account}/auth/token`: the token with which everything else is called. */
export function requestToken(send: Sender, settings: ClientSettings): Promise<IssuedToken> {
  const { clientId, clientSecret, budget, systemHeaders } = settings;
  const account = accountAddress(settings);
  const body: TokenRequest = { grant_type: "client_credentials", audience: account };
  return send({
    method: "POST",
    url: `${account}/auth/token`,
    authorization: `Basic ${base64(`${clientId}:${clientSecret}`)}`,
    headers: systemHeaders,
    body: JSON.stringify(body),
    deadline: performance.now() + budget,
    repeatable: true,
    redact: (text) => createRedactor([clientSecret])(text),
    parse(content) {
      const token = ownField(content, "access_token");
      if (!isToken(token)) throw new TypeError("no token");
      return { token, lifetime: Number(ownField(content, "expires_in")) || 0 };
    },
  });
}

/** A token that cannot be a header's value would be quoted in the error of `fetch`; servers take headers of some KB. */
function isToken(value: unknown): value is string {
  return typeof value === "string" && value.length <= 8192 && /^[!-~]+$/.test(value);
}
