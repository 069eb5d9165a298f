export interface HmacInput {
  readonly hash: "SHA-256" | "SHA-1";
  readonly secret: string;
  /** A text is signed as UTF-8. */
  readonly data: string | Uint8Array<ArrayBuffer>;
}

/** The HMAC as lower-case hex. */
export async function signHmac({ hash, secret, data }: HmacInput): Promise<string> {
  const key = await importKey(hash, secret, "sign");
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, toBytes(data))));
}

/** Whether `signature`, in lower-case hex, is the HMAC. WebCrypto compares in constant time. */
export async function verifyHmac(input: HmacInput & { readonly signature: string }): Promise<boolean> {
  const signature = fromHex(input.signature);
  const key = await importKey(input.hash, input.secret, "verify");
  return crypto.subtle.verify("HMAC", key, signature, toBytes(input.data));
}

function importKey(hash: HmacInput["hash"], secret: string, usage: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", toBytes(secret), { name: "HMAC", hash }, false, [usage]);
}

function toBytes(data: HmacInput["data"]): Uint8Array<ArrayBuffer> {
  return typeof data === "string" ? new TextEncoder().encode(data) : data;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** No bytes for what is not lower-case hex: they verify nothing. */
function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})+$/.test(hex)) return new Uint8Array();
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
