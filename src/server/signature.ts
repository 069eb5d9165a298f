const encoder = new TextEncoder();

/** What Dintero signs of a request. */
export interface SignedRequest {
  /** Unix time in seconds, as it stands in the header's `t=`. */
  readonly timestamp: number | string;
  /** Account id: `T` or `P` and 8 digits. */
  readonly accountId: string;
  /** HTTP method in any case. */
  readonly method: string;
  /** The public address, as Dintero called it. */
  readonly url: string | URL;
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

/** Lower-case hex HMAC: SHA-256 of a text for `Dintero-Signature`, SHA-1 of a body for account-wide webhooks. */
export async function sign(
  secret: string,
  signed: string | Uint8Array<ArrayBuffer>,
  hash: "SHA-256" | "SHA-1" = "SHA-256",
): Promise<string> {
  const { subtle } = crypto;
  const key = await subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash }, false, ["sign"]);
  const data = typeof signed === "string" ? encoder.encode(signed) : signed;
  const bytes = new Uint8Array(await subtle.sign("HMAC", key, data));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Compares without telling by its duration where two texts differ. */
export function constantTimeEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
