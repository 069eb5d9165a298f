/** Body of `POST /accounts/{account}/auth/token`; the credentials go in HTTP Basic. */
export interface TokenRequest {
  readonly grant_type: "client_credentials";
  /** `{apiUrl}/v1/accounts/{accountId}` */
  readonly audience: string;
}

export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: "Bearer";
  /** Seconds. */
  readonly expires_in: number;
}
