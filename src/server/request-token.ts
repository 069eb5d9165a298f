import type { TokenRequest, TokenResponse } from "../dintero/token.ts";
import { createRedactors } from "./redactors.ts";
import { base64 } from "./secret-pattern.ts";
import type { Sender } from "./send.ts";
import type { IssuedToken } from "./token-source.ts";

export interface TokenRequestOptions {
  readonly apiUrl: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds for all attempts. */
  readonly budget: number;
}

/** `POST /v1/accounts/{account}/auth/token`: the token with which everything else is called. */
export async function requestToken(send: Sender, options: TokenRequestOptions): Promise<IssuedToken> {
  const { clientId, clientSecret } = options;
  const account = accountAddress(options);
  const credentials = `${clientId}:${clientSecret}`;
  const body: TokenRequest = { grant_type: "client_credentials", audience: account };
  const answer = (await send({
    method: "POST",
    url: `${account}/auth/token`,
    authorization: `Basic ${base64(credentials)}`,
    headers: options.headers,
    body,
    deadline: performance.now() + options.budget,
    repeatable: true,
    isValid: isTokenResponse,
    redactors: createRedactors([clientSecret, credentials]),
  })) as TokenResponse;
  return { token: answer.access_token, lifetime: Number(answer.expires_in) || 0 };
}

/** The account's address, which is also the audience of its tokens. */
export function accountAddress({
  apiUrl,
  accountId,
}: Pick<TokenRequestOptions, "apiUrl" | "accountId">): string {
  return `${apiUrl}/v1/accounts/${accountId}`;
}

function isTokenResponse(answer: unknown): boolean {
  const { access_token: token } = (answer ?? {}) as Partial<TokenResponse>;
  // A token that cannot be a header's value would be quoted in the error of `fetch`.
  return typeof token === "string" && /^[!-~]+$/.test(token);
}
