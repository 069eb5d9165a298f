import { API_URL, CHECKOUT_URL } from "../dintero/hosts.ts";
import { isAccountId } from "../dintero/ids.ts";
import { invalidOption } from "./errors.ts";
import type { TokenStore } from "./token-store.ts";

/** Who is calling, for Dintero's support: sent as the `Dintero-System-*` headers. Printable ASCII. */
export interface SystemInfo {
  readonly name: string;
  readonly version: string;
  readonly pluginName?: string | undefined;
  readonly pluginVersion?: string | undefined;
}

export interface DinteroClientOptions {
  /** `T` (test) or `P` (production, real money) and 8 digits. */
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where tokens come from, without `/v1`. Default `https://api.dintero.com`. */
  readonly apiUrl?: string | undefined;
  /** Where sessions and transactions live, without `/v1`. Default `https://checkout.dintero.com`. */
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
  readonly apiUrl: string;
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
  const { accountId, clientId, clientSecret, timeout, retries = 2, fetch, tokenStore } = options;
  checkAccountId(accountId);
  checkCredential("clientId", clientId);
  checkCredential("clientSecret", clientSecret);
  if (!Number.isSafeInteger(retries) || retries < 0) throw invalidOption("retries", "0 or more");
  if (timeout !== undefined && !(timeout > 0 && timeout * (retries + 1) <= longestTimer)) {
    throw invalidOption("timeout", "milliseconds, more than 0");
  }
  return {
    accountId,
    clientId,
    clientSecret,
    apiUrl: checkAddress("apiUrl", options.apiUrl ?? API_URL),
    checkoutUrl: checkAddress("checkoutUrl", options.checkoutUrl ?? CHECKOUT_URL),
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

function checkCredential(name: string, value: string): void {
  // Text read from a file often ends with a line break.
  if (typeof value !== "string" || !value || value.trim() !== value) {
    throw invalidOption(name, "given, without white space around it");
  }
}

function checkAddress(name: string, value: string): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const isHttp = url?.protocol === "https:" || url?.protocol === "http:";
  const hasExtras = url && (url.username || url.password || url.search || url.hash);
  const address = url && url.origin + url.pathname.replace(/\/$/, "");
  if (!isHttp || hasExtras || !address || address.endsWith("/v1")) {
    throw invalidOption(name, "an http(s) address without /v1, credentials and query");
  }
  return address;
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
