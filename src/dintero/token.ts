/** Body of `POST /accounts/{account}/auth/token`; the credentials go in HTTP Basic. */
export interface TokenRequest {
  readonly grant_type: "client_credentials";
  /** `{apiUrl}/v1/accounts/{accountId}` */
  readonly audience: string;
}
