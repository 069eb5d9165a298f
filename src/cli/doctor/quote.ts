import { createRedactor } from "../../server/transport/redact.ts";

/** Makes text from a server safe to print. */
export type Quote = (text: unknown) => string;

/** Quotes without the secrets of the environment in any encoding, without control characters, in at most 200 characters. */
export function createQuote(env: Readonly<Record<string, string | undefined>>): Quote {
  const { DINTERO_CLIENT_SECRET: secret = "", DINTERO_SIGNATURE_SECRET: signature = "" } = env;
  const redact = createRedactor([secret.trim(), signature.trim()]);
  return (text) => {
    const plain = `${text}`.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
    const clean = redact(plain);
    return clean.length > 200 ? `${clean.slice(0, 199)}…` : clean;
  };
}
