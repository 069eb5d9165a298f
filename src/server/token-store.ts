/**
 * Where the instances of a server keep the token they share: a few lines over Redis, KV or a database. It holds the
 * token in plain text.
 */
export interface TokenStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a value for `ttlSeconds` seconds (an integer). */
  set(key: string, value: string, ttlSeconds: number): unknown;
}
