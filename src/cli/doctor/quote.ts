import { redact } from "../../server/redact.ts";

/** Makes text from a server safe to print. */
export type Quote = (text: unknown) => string;

/** Quotes without the secrets of the environment in any encoding, without control characters, in at most 200 characters. */
export function createQuote(env: Readonly<Record<string, string | undefined>>): Quote {
  const {
    DINTERO_CLIENT_ID: id = "",
    DINTERO_CLIENT_SECRET: secret,
    DINTERO_SIGNATURE_SECRET: signature,
  } = env;
  const known = [secret, signature].flatMap((value) => (value ? [value, value.trim()] : []));
  const hidden = [...new Set([...known, ...(secret ? [`${id}:${secret}`] : [])])].filter(Boolean);
  return (text) => {
    const plain = `${text}`.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
    const clean = redact(plain, hidden);
    return clean.length > 200 ? `${clean.slice(0, 199)}…` : clean;
  };
}
