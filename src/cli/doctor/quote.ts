import { createRedactor } from "../../server/redact.ts";
import { secretPattern } from "../../server/secret-pattern.ts";

/** Makes what others said fit to be printed. */
export type Quote = (text: unknown) => string;

/**
 * Quotes without any form of the secrets in the environment, without what moves a terminal's cursor, and no longer than a
 * line.
 */
export function createQuote(env: Readonly<Record<string, string | undefined>>): Quote {
  const {
    DINTERO_CLIENT_ID: id = "",
    DINTERO_CLIENT_SECRET: secret,
    DINTERO_SIGNATURE_SECRET: signature,
  } = env;
  const known = [secret, signature].flatMap((value) => (value ? [value, value.trim()] : []));
  const hidden = [...new Set([...known, ...(secret ? [`${id}:${secret}`] : [])])].filter(Boolean);
  const redactor = createRedactor(secretPattern(hidden));
  return (text) => {
    const plain = `${text}`.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
    const clean = redactor.text(plain);
    return clean.length > 200 ? `${clean.slice(0, 199)}…` : clean;
  };
}
