import { signHmac, verifyHmac } from "./hmac.ts";

/** Header of everything that Dintero sends to the merchant, when the account has a signature secret. */
export const SIGNATURE_HEADER = "dintero-signature";

/** What Dintero signs of a request. Its body is not covered. */
export interface SignedRequest {
  /** Unix time in seconds, as it stands in the header's `t=`. */
  readonly timestamp: number | string;
  /** `T` or `P` and 8 digits. */
  readonly accountId: string;
  /** HTTP method in any case. */
  readonly method: string;
  /** The public address, as Dintero called it. */
  readonly url: string | URL;
}

/** The parts of the header `t=<timestamp>,v0-hmac-sha256=<signature>`; a part that is missing is `""`. */
export interface SignatureParts {
  readonly timestamp: string;
  /** Lower-case hex. */
  readonly signature: string;
}

/**
 * The six lines that Dintero signs: time, account, method, hostname without its port, path, and the query with its
 * parameters sorted and encoded as `URLSearchParams` does (a space is `+`).
 */
export function canonicalRequest({ timestamp, accountId, method, url }: SignedRequest): string {
  const { hostname, pathname, search } = new URL(url);
  const query = new URLSearchParams(search);
  query.sort();
  return [timestamp, accountId, method.toUpperCase(), hostname, pathname, query].join("\n");
}

/** The value of the header `Dintero-Signature` for a request. */
export async function signRequest(secret: string, request: SignedRequest): Promise<string> {
  const signature = await signHmac({ hash: "SHA-256", secret, data: canonicalRequest(request) });
  return `t=${request.timestamp},v0-hmac-sha256=${signature}`;
}

/** Whether the secret makes this signature for the request. The age of the signature is the caller's to check. */
export function verifyRequest(secret: string, signature: string, request: SignedRequest): Promise<boolean> {
  return verifyHmac({ hash: "SHA-256", secret, signature, data: canonicalRequest(request) });
}

/** Reads the value of the header `Dintero-Signature`. Unknown parts are skipped. */
export function parseSignature(header: string): SignatureParts {
  const parts = header.split(",").map((part) => part.trim());
  const valueOf = (name: string) => parts.find((part) => part.startsWith(name))?.slice(name.length) ?? "";
  return { timestamp: valueOf("t="), signature: valueOf("v0-hmac-sha256=") };
}
