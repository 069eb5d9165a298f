import type { DinteroClientOptions } from "./client.ts";
import { DinteroError, invalidOption } from "./errors.ts";
import { base64 } from "./redact.ts";
import { send, type Json } from "./send.ts";
import { createTokenSource } from "./token.ts";
import { within } from "./within.ts";

/** One call of Dintero's REST. */
export interface Call {
  readonly body?: unknown;
  /** Repeated only where Dintero certainly did not act. */
  readonly money?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What one attempt may take, in ms. */
const patience = 5000;
/** What all attempts may take, in ms, so that the shopper's 15 s hold. */
const wholePatience = 12_000;

/** Checks the options and returns the one way to call Dintero: with a token, renewed once when it is refused. */
export function createConnection(options: DinteroClientOptions) {
  const { timeout, retries = 2, now = Date.now } = options;
  const accountId = checkAccountId(options.accountId);
  const clientId = checkSecret("clientId", options.clientId);
  const clientSecret = checkSecret("clientSecret", options.clientSecret);
  const apiUrl = checkAddress("apiUrl", options.apiUrl ?? "https://api.dintero.com");
  const checkoutUrl = checkAddress("checkoutUrl", options.checkoutUrl ?? "https://checkout.dintero.com");
  if (!(retries >= 0 && retries <= 10)) invalidOption("retries", "must be 0 to 10");
  if (timeout !== undefined && !(timeout > 0 && timeout <= 600_000)) {
    invalidOption("timeout", "must be milliseconds, at most 600000");
  }
  const credentials = `${clientId}:${clientSecret}`;
  const account = `${apiUrl}/v1/accounts/${accountId}`;
  const budget = Math.max(wholePatience, (timeout ?? 0) * (retries + 1));
  const common = {
    // Called as a plain function, as workerd wants it, and looked up late, so that tests can replace the global one.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    secrets: [clientSecret, credentials],
    retries,
  } satisfies Partial<Parameters<typeof send>[0]>;
  const headers = { "content-type": "application/json", ...systemHeaders(options.system) };

  const token = createTokenSource({
    key: `dintero-token:${account}:${clientId}`,
    store: options.tokenStore,
    now,
    patience: budget,
    async request() {
      const { access_token, expires_in } = await send({
        ...common,
        method: "POST",
        url: `${account}/auth/token`,
        headers: { ...headers, authorization: `Basic ${base64(credentials)}` },
        body: JSON.stringify({ grant_type: "client_credentials", audience: account }),
        timeout: timeout ?? patience,
        deadline: Date.now() + budget,
      });
      // A token that is no header value would be quoted in the error of `fetch`.
      if (typeof access_token !== "string" || !/^[\x21-\x7e]+$/.test(access_token)) {
        throw new DinteroError("invalid-answer", "Dintero's answer holds no token");
      }
      const lifetime = typeof expires_in === "number" && expires_in > 0 ? Math.min(expires_in, 86_400) : 0;
      return { token: access_token, lifetime };
    },
  });

  async function call(method: string, path: string, { body, money, signal }: Call): Promise<Json> {
    const deadline = Date.now() + budget;
    const json = body === undefined ? undefined : JSON.stringify(body);
    let rejected: string | undefined;
    for (;;) {
      const bearer = await within(deadline - Date.now(), signal, () => token(rejected));
      try {
        return await send({
          ...common,
          method,
          url: `${checkoutUrl}/v1${path}`,
          headers: {
            ...headers,
            authorization: `Bearer ${bearer}`,
            "dintero-feature-toggles": "strict-session-amounts",
          },
          body: json,
          secrets: [...common.secrets, bearer],
          money,
          timeout: timeout ?? (money ? budget : patience),
          deadline,
          signal,
        });
      } catch (error) {
        if (rejected !== undefined || (error as DinteroError).code !== "unauthorized") throw error;
        rejected = bearer;
      }
    }
  }

  return { accountId, call };
}

/** Also for the callback's options. */
export function checkAccountId(accountId: string): string {
  return /^[TP]\d{8}$/.test(accountId)
    ? accountId
    : invalidOption("accountId", "must be T or P and 8 digits");
}

function checkSecret(name: string, value: string): string {
  // Text read from a file often ends with a line break.
  return typeof value === "string" && /^\S(.*\S)?$/.test(value)
    ? value
    : invalidOption(name, "is empty, or has white space around it");
}

function checkAddress(name: string, value: string): string {
  const address = value.replace(/\/+$/, "");
  if (!/^https?:\/\/[^?#@]+$/.test(address) || address.endsWith("/v1")) {
    invalidOption(name, "must be an http(s) address, without /v1");
  }
  return address;
}

function systemHeaders(system: DinteroClientOptions["system"]): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    "dintero-system-name": system?.name,
    "dintero-system-version": system?.version,
    "dintero-system-plugin-name": system?.pluginName,
    "dintero-system-plugin-version": system?.pluginVersion,
  };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [name, value] of given) {
    if (!/^[\x20-\x7e]+$/.test(value)) invalidOption(name, "must be printable ASCII");
  }
  return Object.fromEntries(given);
}
