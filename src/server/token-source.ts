import type { TokenStore } from "./token-store.ts";
import { withTimeout } from "./with-timeout.ts";

export interface TokenSourceOptions {
  /** Under which the token is kept in the store. */
  readonly key: string;
  readonly store?: TokenStore | undefined;
  /** Milliseconds after which a token request that has not ended is given up. */
  readonly timeout: number;
  requestToken(): Promise<IssuedToken>;
}

export interface IssuedToken {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

export interface TokenSource {
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

interface PendingRequest {
  readonly token: Promise<string>;
  readonly startedAt: number;
  readonly isRenewal: boolean;
}

/** A store that fails or hangs costs this many ms and a token request, never the sale. */
const storeTimeout = 1000;
/** How long, in ms, a token that was given again after its rejection is not requested again. */
const pauseAfterSameToken = 10_000;

export function createTokenSource({ key, store, timeout, requestToken }: TokenSourceOptions): TokenSource {
  /** `usableUntil` is in ms since the epoch, as in the store: instances have no other clock in common. */
  let current = { token: "", usableUntil: 0 };
  let pending: PendingRequest | undefined;
  let givenAgain = { token: "", at: -Infinity };

  const isUsable = () => current.usableUntil > Date.now();

  async function readStore(): Promise<void> {
    const value = await useStore((tokenStore) => tokenStore.get(key));
    const [, usableUntil, token] = /^(\d+) ([!-~]+)$/.exec(typeof value === "string" ? value : "") ?? [];
    if (token !== undefined) current = { token, usableUntil: Number(usableUntil) };
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
    const wasGivenAgain = rejected === givenAgain.token;
    if (wasGivenAgain && performance.now() - givenAgain.at < pauseAfterSameToken) return rejected;
    const request = share(true);
    const token = await request.token;
    if (token !== rejected) return token;
    // Earlier callers may have been given the rejected one, by the store.
    if (!request.isRenewal) return renew(rejected);
    givenAgain = { token, at: performance.now() };
    return token;
  }

  return {
    get atHand() {
      return isUsable() ? current.token : undefined;
    },
    get: async () => (isUsable() ? current.token : share(false).token),
    renew,
  };
}
