import { isWeb } from "../core/addresses.ts";
import { API_URL, CHECKOUT_URL } from "../dintero/hosts.ts";
import { isAccountId } from "../dintero/ids.ts";
import { invalidOption, isMissing, missingOption, type DinteroError } from "./errors.ts";

/**
 * Where the instances of a server keep the token they share: a few lines over Redis, KV or a database. It holds the
 * token in plain text.
 */
export interface TokenStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a value for `ttlSeconds` seconds (an integer). */
  set(key: string, value: string, ttlSeconds: number): unknown;
}

/** Who is calling, for Dintero's support: sent as the `Dintero-System-*` headers. Printable ASCII. */
export interface SystemInfo {
  readonly name: string;
  readonly version: string;
  readonly pluginName?: string | undefined;
  readonly pluginVersion?: string | undefined;
}

/**
 * The three credentials may be missing (undefined or blank) where a build loads the module without the secrets of the
 * server: then each call rejects with `invalid-options`.
 */
export interface DinteroClientOptions {
  /** `T` (test) or `P` (production, real money) and 8 digits. */
  readonly accountId: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Where tokens come from, without `/v1`. Default, also for a blank one, `https://api.dintero.com`. */
  readonly apiUrl?: string | undefined;
  /**
   * Where sessions and transactions live: an origin, to which `/v1` is added, or an address with a path, which is taken
   * as it is (`https://api.dintero.com/v1/accounts/T12345678/payments`). Default, also for a blank one,
   * `https://checkout.dintero.com`.
   */
  readonly checkoutUrl?: string | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Milliseconds for one attempt. Default 5000; 12000 for captures, refunds, voids and cancellations, which are not
   * repeated when their answer is lost. All attempts of a call end within 12 s, or within `timeout` times the number of
   * attempts where you set one and that is longer.
   */
  readonly timeout?: number | undefined;
  /**
   * Attempts after the first, on 429, 5xx, time-outs and connection errors. Default 2. Captures, refunds, voids and
   * cancellations are repeated only after 429 or a refused connection: money never moves twice.
   */
  readonly retries?: number | undefined;
  /** Lets several instances share one token. */
  readonly tokenStore?: TokenStore | undefined;
  readonly system?: SystemInfo | undefined;
}

/** The options as they are used: checked, with defaults. */
export interface ClientSettings {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Why no call can be made: a credential is missing. */
  readonly missing: DinteroError | undefined;
  readonly apiUrl: string;
  /** What the path of a call follows: with `/v1`, or a path of its own. */
  readonly checkoutUrl: string;
  readonly fetch: typeof fetch | undefined;
  /** Milliseconds for one attempt; undefined: the default of the call. */
  readonly timeout: number | undefined;
  readonly retries: number;
  /** Milliseconds for all attempts of a call, so that the shopper's 15 s hold. */
  readonly budget: number;
  readonly tokenStore: TokenStore | undefined;
  readonly systemHeaders: Readonly<Record<string, string>>;
}

const defaultBudget = 12_000;
/** Timers cannot wait longer. */
const longestTimer = 2 ** 31 - 1;

/** Throws a `DinteroError` (`invalid-options`) that names the option, without its value. */
export function checkClientOptions(options: DinteroClientOptions): ClientSettings {
  const { timeout, retries = 2, fetch, tokenStore } = options;
  const { accountId, clientId, clientSecret } = {
    accountId: given(options.accountId),
    clientId: given(options.clientId),
    clientSecret: given(options.clientSecret),
  };
  if (accountId) checkAccountId(accountId);
  checkCredential("clientId", clientId);
  checkCredential("clientSecret", clientSecret);
  if (!Number.isSafeInteger(retries) || retries < 0) throw invalidOption("retries", "0 or more");
  if (timeout !== undefined && !(timeout > 0 && timeout * (retries + 1) <= longestTimer)) {
    throw invalidOption("timeout", "milliseconds, more than 0");
  }
  const checkoutUrl = checkAddress("checkoutUrl", given(options.checkoutUrl) || CHECKOUT_URL);
  return {
    accountId,
    clientId,
    clientSecret,
    missing: missingCredential(options),
    apiUrl: checkApiUrl(given(options.apiUrl) || API_URL),
    checkoutUrl: new URL(checkoutUrl).pathname === "/" ? `${checkoutUrl}/v1` : checkoutUrl,
    fetch,
    timeout,
    retries,
    budget: Math.max(defaultBudget, (timeout ?? 0) * (retries + 1)),
    tokenStore,
    systemHeaders: systemHeaders(options.system),
  };
}

/** Also for the options of a callback. */
export function checkAccountId(accountId: string): void {
  if (!isAccountId(accountId)) throw invalidOption("accountId", "T or P and 8 digits");
}

/** An option as it is, or `""` for one that is missing: a variable that is not set is often blank. */
function given(option: string | null | undefined): string {
  return isMissing(option) ? "" : option!;
}

const variables = {
  accountId: "DINTERO_ACCOUNT_ID",
  clientId: "DINTERO_CLIENT_ID",
  clientSecret: "DINTERO_CLIENT_SECRET",
} as const;

function missingCredential(options: DinteroClientOptions): DinteroError | undefined {
  const names = Object.keys(variables) as (keyof typeof variables)[];
  const name = names.find((one) => isMissing(options[one]));
  return name && missingOption(name, options[name], variables[name]);
}

function checkCredential(name: string, value: string): void {
  // Text read from a file often ends with a line break.
  if (typeof value !== "string" || value.trim() !== value) {
    throw invalidOption(name, "a text without white space around it");
  }
}

function checkApiUrl(value: string): string {
  const address = checkAddress("apiUrl", value);
  if (address.endsWith("/v1")) throw invalidOption("apiUrl", "an address without /v1, which is added");
  return address;
}

function checkAddress(name: string, value: string): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const hasExtras = url && (url.username || url.password || url.search || url.hash);
  if (!url || !isWeb(url) || hasExtras) {
    throw invalidOption(name, "an http(s) address without credentials and query");
  }
  return url.origin + url.pathname.replace(/\/$/, "");
}

function systemHeaders(system: SystemInfo | undefined): Record<string, string> {
  const headers = {
    name: ["dintero-system-name", system?.name],
    version: ["dintero-system-version", system?.version],
    pluginName: ["dintero-system-plugin-name", system?.pluginName],
    pluginVersion: ["dintero-system-plugin-version", system?.pluginVersion],
  } as const;
  const given: Record<string, string> = {};
  for (const [option, [header, value]] of Object.entries(headers)) {
    if (value === undefined || value === "") continue;
    if (!/^[ -~]+$/.test(value)) throw invalidOption(`system.${option}`, "printable ASCII");
    given[header] = value;
  }
  return given;
}
