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

/**
 * Gives the token: kept until shortly before it expires and asked for once, however many callers wait. A caller whose
 * token Dintero `rejected` gets another one, and not from the store, where the same one may lie. A `request` that does
 * not end within `patience` ms is given up.
 */
export function createTokenSource(
  key: string,
  store: TokenStore | undefined,
  now: () => number,
  patience: number,
  request: () => Promise<Json>,
): (rejected?: string) => Promise<string> {
  let kept = "";
  /** Until when it is used, in ms since the epoch. */
  let until = 0;
  let pending: Promise<string>;
  /** When `pending` began; 0 when it ended. */
  let since = 0;

  /** A store that fails or hangs costs a second and a token request, never the sale. */
  const stored = async (work: (store: TokenStore) => unknown) =>
    store && within(1000, undefined, () => work(store)).catch(() => undefined);

  async function obtain(fresh: boolean): Promise<string> {
    const value = fresh || (await stored((store) => store.get(key)));
    const [, expires, shared] = /^(\d+) ([!-~]+)$/.exec(value as string) ?? [];
    until = Number(expires);
    if (until > now()) return (kept = shared!);
    const { access_token, expires_in } = await request();
    // A minute's margin, so that a token does not die on its way; half of a short life.
    const lifetime = Number(expires_in) || 0;
    const seconds = Math.floor(Math.max(lifetime - 60, lifetime / 2));
    until = now() + seconds * 1000;
    kept = access_token as string;
    if (seconds > 0) await stored((store) => store.set(key, `${until} ${kept}`, seconds));
    return kept;
  }

  return async function token(rejected?: string): Promise<string> {
    if (kept !== rejected && until > now()) return kept;
    // A host may end the request that was asking (Workers do) and leave its promise open for ever.
    const join = Date.now() - since < patience;
    if (!join) {
      since = Date.now();
      pending = obtain(!!rejected).finally(() => {
        since = 0;
      });
    }
    const got = await pending;
    // Those who asked before us may have been given the rejected one.
    return join && got === rejected ? token(rejected) : got;
  };
}
