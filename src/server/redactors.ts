import { createRedactor, type Redactor } from "./redact.ts";
import { secretPattern } from "./secret-pattern.ts";

export interface Redactors {
  /** For errors. */
  readonly strict: Redactor;
  /** For good answers, where what looks like a short secret is more likely a word of the shop's. */
  readonly lenient: Redactor;
}

/** A shorter secret is more likely a word of the shop's where Dintero's answer is a good one. */
const certainLength = 16;

export function createRedactors(secrets: readonly string[]): Redactors {
  const certain = secrets.filter((secret) => secret.length >= certainLength);
  return {
    strict: createRedactor(secretPattern(secrets)),
    lenient: createRedactor(secretPattern(certain)),
  };
}
