import type { Json } from "./send.ts";
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
  /** Asks Dintero for a token that can stand in a header. */
  request(): Promise<Json>;
}

interface Kept {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/**
 * Gives the token: kept until shortly before it expires and asked for once, however many callers wait. A caller whose
 * token Dintero `rejected` gets another one, and not from the store, where the same one may lie.
 */
export function createTokenSource({ key, store, now, patience, request }: TokenOptions) {
  let kept: Kept | undefined;
  let pending: Promise<string> | undefined;
  let since = 0;

  /** A store that fails or hangs costs a second and a token request, never the sale. */
  const stored = async (work: (store: TokenStore) => unknown) =>
    store && within(1000, undefined, () => work(store)).catch(() => undefined);

  async function obtain(fresh: boolean): Promise<string> {
    const [, expires, shared] =
      /^(\d+) ([!-~]+)$/.exec(`${fresh || (await stored((store) => store.get(key)))}`) ?? [];
    if (shared && Number(expires) > now()) {
      kept = { token: shared, expires: Number(expires) };
      return shared;
    }
    const { access_token, expires_in } = await request();
    const token = access_token as string;
    const lifetime = Number(expires_in) || 0;
    // A minute's margin, so that a token does not die on its way; half of a short life.
    const seconds = Math.floor(Math.max(lifetime - 60, lifetime / 2));
    kept = { token, expires: now() + seconds * 1000 };
    const value = `${kept.expires} ${token}`;
    if (seconds > 0) await stored((store) => store.set(key, value, seconds));
    return token;
  }

  return async function token(rejected?: string): Promise<string> {
    if (kept && kept.token !== rejected && kept.expires > now()) return kept.token;
    // A host may end the request that was asking (Workers do) and leave its promise open for ever.
    const join = pending && Date.now() - since < patience;
    if (!join) {
      since = Date.now();
      pending = obtain(!!rejected).finally(() => {
        pending = undefined;
      });
    }
    const got = await pending!;
    // Those who asked before us may have been given the rejected one.
    return join && got === rejected ? token(rejected) : got;
  };
}
