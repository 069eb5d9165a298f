import { createRedactor, type Redactor } from "./redact.ts";
import { secretPattern } from "./secret-pattern.ts";

export interface Redactors {
  /** For errors. */
  readonly strict: Redactor;
  /** For successful answers, where what looks like a short secret is more likely text of the shop. */
  readonly lenient: Redactor;
}

/** In a successful answer, a shorter secret is more likely text of the shop. */
const certainLength = 16;

export function createRedactors(secrets: readonly string[]): Redactors {
  const certain = secrets.filter((secret) => secret.length >= certainLength);
  return {
    strict: createRedactor(secretPattern(secrets)),
    lenient: createRedactor(secretPattern(certain)),
  };
}
