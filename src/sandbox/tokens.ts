import { constantTimeEqual } from "./constant-time.ts";
import { SandboxError } from "./errors.ts";
import { randomId } from "./ids.ts";

/** Bearer tokens: issued for credentials, good for one account and a while. */
export class Tokens {
  readonly #issued = new Map<string, { readonly account: string; readonly expires: number }>();
  readonly #credentials: string;
  readonly #accounts: readonly string[];
  readonly #now: () => number;
  /** Seconds. */
  readonly lifetime: number;

  constructor(options: {
    accounts: readonly string[];
    clientId: string;
    clientSecret: string;
    lifetime: number;
    now: () => number;
  }) {
    this.#credentials = `${options.clientId}:${options.clientSecret}`;
    this.#accounts = options.accounts;
    this.lifetime = options.lifetime;
    this.#now = options.now;
  }

  /** Refuses unknown credentials, before anything of the body is read. */
  requireCredentials(account: string, authorization: string | undefined): void {
    const [scheme, encoded = ""] = authorization?.split(" ") ?? [];
    if (
      scheme !== "Basic" ||
      !this.#accounts.includes(account) ||
      !constantTimeEqual(decode(encoded), this.#credentials)
    )
      throw new SandboxError(401, "invalid_client", "Unknown account, client id or client secret");
  }

  /** A new token for credentials that are good. */
  issue(account: string, body: unknown): object {
    const { grant_type, audience } = (body ?? {}) as { grant_type?: unknown; audience?: unknown };
    if (grant_type !== "client_credentials")
      throw new SandboxError(400, "invalid_body", "The body does not fit the schema", [
        { code: "enum", path: "grant_type", message: "grant_type must be client_credentials" },
      ]);
    if (typeof audience !== "string" || !audience.endsWith(`/v1/accounts/${account}`))
      throw new SandboxError(400, "invalid_body", "The body does not fit the schema", [
        { code: "format", path: "audience", message: "audience must be {api}/v1/accounts/{account}" },
      ]);
    const token = randomId(40);
    this.#issued.set(token, { account, expires: this.#now() + this.lifetime * 1000 });
    for (const old of this.#issued.keys()) {
      if (this.#issued.size <= 1000) break;
      this.#issued.delete(old);
    }
    return { access_token: token, token_type: "Bearer", expires_in: this.lifetime };
  }

  /** The account that a call is made for. */
  account(authorization: string | undefined): string {
    const [scheme, token = ""] = authorization?.split(" ") ?? [];
    const issued = scheme === "Bearer" ? this.#issued.get(token) : undefined;
    if (!issued) throw new SandboxError(401, "unauthorized", "A bearer token is missing or unknown");
    if (issued.expires <= this.#now()) throw new SandboxError(401, "token_expired", "The token has expired");
    return issued.account;
  }

  /** Those that are still good, oldest first, without the secret itself. */
  *valid(): Iterable<{ readonly account: string; readonly expires_at: string }> {
    for (const { account, expires } of this.#issued.values())
      if (expires > this.#now()) yield { account, expires_at: new Date(expires).toISOString() };
  }

  /** Every token issued so far is refused from now on. */
  expireAll(): void {
    this.#issued.clear();
  }
}

function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return "";
  }
}
