import { invalidOption, isMissing, missingOption, type DinteroError } from "../errors.ts";

export interface Secrets {
  readonly secrets: readonly string[];
  /** Rejects every request where one is missing: builds load modules where no secret is set, and must not fail. */
  readonly missing: DinteroError | undefined;
}

export interface SecretOption {
  readonly name: string;
  /** The environment variable of the documentation. */
  readonly variable: string;
}

/** One secret or several, for rotation. With an empty one anybody could sign. */
export function checkSecrets(value: unknown, { name, variable }: SecretOption): Secrets {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.some((one) => !isMissing(one) && typeof one !== "string")) {
    throw invalidOption(name, "a text, or a list of texts");
  }
  const isIncomplete = given.length === 0 || given.some(isMissing);
  return {
    secrets: isIncomplete ? [] : (given as readonly string[]),
    missing: isIncomplete ? missingOption(name, given.find(isMissing), variable) : undefined,
  };
}

/** Whether one of the secrets verifies. All are tried: which one it was should not show in the time it takes. */
export async function verifiesWithAny(
  secrets: readonly string[],
  verify: (secret: string) => Promise<boolean>,
): Promise<boolean> {
  const results = await Promise.all(secrets.map(verify));
  return results.includes(true);
}
