import { verifyHmac } from "../dintero/hmac.ts";
import { DinteroError, must } from "./errors.ts";

/** One secret or several. With an empty one anybody could sign. */
export function checkSecrets(secret: string | readonly string[], name: string): readonly string[] {
  const secrets = [secret].flat();
  must(secrets[0] && secrets.every((one) => one && typeof one === "string"), name, "given");
  return secrets;
}

/** The header that holds a signature. */
export function signatureIn(request: Request, name: string): string {
  const header = request.headers.get(name);
  if (header) return header;
  throw new DinteroError("missing-signature", `there is no ${name}`, { status: 401 });
}

/** Rejects unless one of the secrets makes the signature. */
export async function checkSignature(
  given: string,
  signed: string | Uint8Array<ArrayBuffer>,
  secrets: readonly string[],
  hash: "SHA-256" | "SHA-1",
  doubt: string,
): Promise<void> {
  let valid = false;
  for (const secret of secrets) {
    // No early end: which secret it was is nobody's business.
    valid = (await verifyHmac({ hash, secret, data: signed, signature: given })) || valid;
  }
  if (!valid) throw new DinteroError("invalid-signature", doubt, { status: 401 });
}
