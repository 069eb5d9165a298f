import { parseSignature, SIGNATURE_HEADER, verifyRequest } from "../dintero/signature.ts";
import { checkAccountId } from "./client-options.ts";
import { DinteroError, invalidOption } from "./errors.ts";
import { checkSecrets, verifiesWithAny } from "./secrets.ts";

export interface SignatureOptions {
  /** `T` or `P` and 8 digits. */
  readonly accountId: string;
  /** The account's signature secret; several while it is being changed. */
  readonly signatureSecret: string | readonly string[];
  /**
   * The address as Dintero called it, where a proxy shows the server another one: the origin
   * (`https://shop.example`), or a function from the request to the whole address. Forwarded headers are not trusted.
   */
  readonly publicUrl?: string | ((request: Request) => string | URL) | undefined;
  /** Seconds between the signature's time and ours. Default 300. */
  readonly tolerance?: number | undefined;
}

/** The options as they are used: checked, with defaults. */
export interface SignatureSettings {
  readonly accountId: string;
  readonly secrets: readonly string[];
  publicUrl(request: Request): URL;
  readonly tolerance: number;
}

/** Checks the header `Dintero-Signature` and returns the address as Dintero called it. */
export async function verifySignature(request: Request, settings: SignatureSettings): Promise<URL> {
  const { accountId, secrets, publicUrl, tolerance } = settings;
  const header = request.headers.get(SIGNATURE_HEADER);
  if (!header) throw missingSignature(SIGNATURE_HEADER);
  const { timestamp, signature } = parseSignature(header);
  const { method } = request;
  const url = publicUrl(request);
  const signed = { timestamp, accountId, method, url };
  if (!(await verifiesWithAny(secrets, (secret) => verifyRequest(secret, signature, signed)))) {
    throw new DinteroError(
      "invalid-signature",
      `no secret makes this signature for ${method} ${url.origin}${url.pathname}: if Dintero called another address, set publicUrl`,
      { status: 401 },
    );
  }
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  // A time that is not a number is no fresh one either.
  if (age <= tolerance) return url;
  throw new DinteroError("stale-signature", `a true signature, but not of the last ${tolerance} s`, {
    status: 503,
    retryable: true,
  });
}

export function missingSignature(header: string): DinteroError {
  return new DinteroError("missing-signature", `the header ${header} is missing`, { status: 401 });
}

/** Refuses options with which nothing, or everything, would be believed. */
export function checkSignatureOptions(options: SignatureOptions): SignatureSettings {
  const { accountId, signatureSecret, publicUrl, tolerance = 300 } = options;
  const secrets = checkSecrets(signatureSecret, "signatureSecret");
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) throw invalidOption("tolerance", "seconds, 0 or more");
  checkAccountId(accountId);
  return { accountId, secrets, publicUrl: checkPublicUrl(publicUrl), tolerance };
}

function checkPublicUrl(publicUrl: SignatureOptions["publicUrl"]): (request: Request) => URL {
  if (publicUrl === undefined) return (request) => new URL(request.url);
  if (typeof publicUrl === "function") return (request) => new URL(publicUrl(request));
  const url = typeof publicUrl === "string" && URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  const isHttp = url?.protocol === "https:" || url?.protocol === "http:";
  if (!url || !isHttp || url.href !== `${url.origin}/` || /[?#]/.test(publicUrl)) {
    throw invalidOption("publicUrl", "an origin like https://shop.example, or a function");
  }
  return (request) => {
    const { pathname, search } = new URL(request.url);
    // Put together as text: as a relative address, a path of `//other.example` would be another host.
    return new URL(url.origin + pathname + search);
  };
}
