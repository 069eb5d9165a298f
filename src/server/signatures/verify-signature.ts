import { isWeb } from "../../core/addresses.ts";
import { parseSignature, SIGNATURE_HEADER, verifyRequest } from "../../dintero/signature.ts";
import { checkAccountId } from "../client-options.ts";
import { DinteroError, invalidOption, isMissing, missingOption } from "../errors.ts";
import { incomingOf } from "../body.ts";

export interface SignatureOptions<R extends Request = Request, C = unknown> {
  /** `T` or `P` and 8 digits. */
  readonly accountId: string;
  /** The account's signature secret; several while it is being changed. */
  readonly signatureSecret: string | readonly string[];
  /**
   * The address as Dintero called it, where a proxy or a router shows the server another one: the origin
   * (`https://shop.example`), with the path at which the router is mounted (`https://shop.example/api`: the path that
   * the handler sees is appended), or the whole address without its query; or a function from the request to the whole
   * address. Blank means unset. Forwarded headers are not trusted.
   */
  readonly publicUrl?: string | ((request: R, context: C) => string | URL) | undefined;
  /** Seconds between the signature's time and ours. Default 300. */
  readonly tolerance?: number | undefined;
}

/** The options as they are used: checked, with defaults. */
export interface SignatureSettings<R extends Request = Request, C = unknown> extends Secrets {
  readonly accountId: string;
  /** The addresses that Dintero may have called. */
  publicUrls(request: R, context: C): readonly URL[];
  readonly tolerance: number;
}

export interface Verification<R extends Request, C> {
  readonly settings: SignatureSettings<R, C>;
  /** The second argument of the handler. */
  readonly context: C;
}

/** Checks the header `Dintero-Signature` and returns the address as Dintero called it. */
export async function verifySignature<R extends Request, C>(
  request: R,
  { settings, context }: Verification<R, C>,
): Promise<URL> {
  const { accountId, secrets, missing, tolerance } = settings;
  if (missing) throw missing;
  const header = request.headers.get(SIGNATURE_HEADER);
  if (!header) throw missingSignature(SIGNATURE_HEADER);
  const { timestamp, signature } = parseSignature(header);
  const { method } = request;
  const urls = settings.publicUrls(request, context);
  const verify = (url: URL): Promise<boolean> =>
    verifiesWithAny(secrets, (secret) =>
      verifyRequest(secret, signature, { timestamp, accountId, method, url }),
    );
  const results = await Promise.all(urls.map(verify));
  const url = urls[results.indexOf(true)];
  if (!url) throw invalidSignature(method, urls);
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  // A time that is not a number is no fresh one either.
  if (age <= tolerance) return url;
  throw new DinteroError("stale-signature", `a true signature, but not of the last ${tolerance} s`, {
    status: 503,
    retryable: true,
  });
}

function invalidSignature(method: string, urls: readonly URL[]): DinteroError {
  const addresses = urls.map(({ origin, pathname }) => origin + pathname).join(" or ");
  return new DinteroError(
    "invalid-signature",
    `no secret makes this signature for ${method} ${addresses}: if Dintero called another address, set publicUrl to ` +
      "it, with the path that a router or proxy takes off",
    { status: 401 },
  );
}

export function missingSignature(header: string): DinteroError {
  return new DinteroError("missing-signature", `the header ${header} is missing`, { status: 401 });
}

/**
 * Refuses options with which nothing, or everything, would be believed. One that is missing is refused by the first
 * request.
 */
export function checkSignatureOptions<R extends Request, C>(
  options: SignatureOptions<R, C>,
): SignatureSettings<R, C> {
  const { accountId, signatureSecret, publicUrl, tolerance = 300 } = options;
  const variable = "DINTERO_SIGNATURE_SECRET";
  const { secrets, missing } = checkSecrets(signatureSecret, { name: "signatureSecret", variable });
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) throw invalidOption("tolerance", "seconds, 0 or more");
  const hasAccount = !isMissing(accountId);
  if (hasAccount) checkAccountId(accountId);
  const missingAccount = hasAccount ? undefined : missingOption("accountId", accountId, "DINTERO_ACCOUNT_ID");
  return {
    accountId,
    secrets,
    missing: missingAccount ?? missing,
    publicUrls: checkPublicUrl(publicUrl),
    tolerance,
  };
}

function checkPublicUrl<R extends Request, C>(
  publicUrl: SignatureOptions<R, C>["publicUrl"],
): (request: R, context: C) => readonly URL[] {
  if (isMissing(publicUrl)) return (request) => [new URL(request.url)];
  if (typeof publicUrl === "function") {
    return (request, context) => [checkAddress(publicUrl(request, context), "a function that returns an")];
  }
  const { origin, pathname: path } = checkAddress(publicUrl, "an");
  const mount = path.replace(/\/$/, "");
  return (request, context) => {
    const { pathname, search } = new URL(request.url);
    // Put together as text: as a relative address, a path of `//other.example` would be another host.
    const below = new URL(origin + mount + (mount && pathname === "/" ? "" : pathname) + search);
    const whole = new URL(origin + path + search);
    // A path is the mount's or the whole address's. Only one of them can be what Dintero signed.
    if (mount) return below.href === whole.href ? [below] : [below, whole];
    const original = incomingOf(context)?.originalUrl;
    const isOther = typeof original === "string" && original.startsWith("/");
    return isOther ? [below, new URL(origin + original)] : [below];
  };
}

function checkAddress(value: unknown, what: string): URL {
  const isFunction = what !== "an";
  const url = URL.canParse(String(value)) ? new URL(String(value)) : undefined;
  const isPlain = url && isWeb(url) && !url.username && !url.password && !url.hash;
  if (!isPlain || (!isFunction && (typeof value !== "string" || value.includes("?")))) {
    throw invalidOption(
      "publicUrl",
      `${what} http(s) address like https://shop.example or https://shop.example/api/checkout${isFunction ? "" : ", without a query, or a function"}`,
    );
  }
  return url;
}

export interface Secrets {
  readonly secrets: readonly string[];
  /** Rejects every request where one is missing: builds load modules where no secret is set, and must not fail. */
  readonly missing: DinteroError | undefined;
}

export interface SecretOption {
  readonly name: string;
  /** The environment variable of the documentation. */
  readonly variable: string;
}

/** One secret or several, for rotation. With an empty one anybody could sign. */
export function checkSecrets(value: unknown, { name, variable }: SecretOption): Secrets {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.some((one) => !isMissing(one) && typeof one !== "string")) {
    throw invalidOption(name, "a text, or a list of texts");
  }
  const isIncomplete = given.length === 0 || given.some(isMissing);
  return {
    secrets: isIncomplete ? [] : (given as readonly string[]),
    missing: isIncomplete ? missingOption(name, given.find(isMissing), variable) : undefined,
  };
}

/** Whether one of the secrets verifies. All are tried: which one it was should not show in the time it takes. */
export async function verifiesWithAny(
  secrets: readonly string[],
  verify: (secret: string) => Promise<boolean>,
): Promise<boolean> {
  const results = await Promise.all(secrets.map(verify));
  return results.includes(true);
}
