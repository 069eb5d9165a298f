import { within } from "./within.ts";

/**
 * Where the instances of a server keep the token they share: a few lines over Redis, KV or a database. It holds the
 * token in plain text.
 */
export interface TokenStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a value for `ttlSeconds` seconds (an integer). */
  set(key: string, value: string, ttlSeconds: number): unknown;
}

export interface TokenOptions {
  readonly key: string;
  readonly store: TokenStore | undefined;
  readonly now: () => number;
  /** Milliseconds after which a request that never ended is given up. */
  readonly patience: number;
  /** Asks Dintero for a token; its lifetime is in seconds. */
  request(): Promise<{ readonly token: string; readonly lifetime: number }>;
}

interface Kept {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** A store that hangs costs this much, in ms, and then one token request; never the sale. */
const storePatience = 1000;

/**
 * Gives the token: kept until shortly before it expires and asked for once, however many callers wait. A caller whose
 * token Dintero `rejected` gets another one, and not from the store, where the same one may lie.
 */
export function createTokenSource({ key, store, now, patience, request }: TokenOptions) {
  let kept: Kept | undefined;
  let pending: Promise<Kept> | undefined;
  let since = 0;

  async function recall(): Promise<Kept | undefined> {
    const value =
      store && (await within(storePatience, undefined, () => store.get(key)).catch(() => undefined));
    const [, expires, token] = /^(\d+) ([\x21-\x7e]+)$/.exec(value ?? "") ?? [];
    return token && Number(expires) > now() ? { token, expires: Number(expires) } : undefined;
  }

  async function renew(): Promise<Kept> {
    const { token, lifetime } = await request();
    // A minute's margin, so that a token does not die on its way; half of a short life.
    const seconds = Math.floor(lifetime - Math.min(60, lifetime / 2));
    const expires = now() + seconds * 1000;
    if (store && seconds > 0) {
      const value = `${expires} ${token}`;
      await within(storePatience, undefined, () => store.set(key, value, seconds)).catch(() => {});
    }
    return { token, expires };
  }

  async function obtain(fresh: boolean): Promise<Kept> {
    return (kept = (!fresh && (await recall())) || (await renew()));
  }

  return async function token(rejected?: string): Promise<string> {
    if (kept && kept.token !== rejected && kept.expires > now()) return kept.token;
    // A host may end the request that was asking (Workers do) and leave its promise open for ever.
    const join = pending && Date.now() - since < patience;
    if (!join) {
      since = Date.now();
      const mine = obtain(rejected !== undefined).finally(() => {
        if (pending === mine) pending = undefined;
      });
      pending = mine;
    }
    const { token: got } = await pending!;
    // Those who asked before us may have been given the rejected one.
    return join && got === rejected ? token(rejected) : got;
  };
}
