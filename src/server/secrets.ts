import { invalidOption } from "./errors.ts";

/** One secret or several, for rotation. With an empty one anybody could sign. */
export function checkSecrets(secret: string | readonly string[], name: string): readonly string[] {
  const secrets = [secret].flat();
  const areGiven = secrets.every((one) => typeof one === "string" && one.trim() !== "");
  if (!secrets.length || !areGiven) throw invalidOption(name, "given, and not blank");
  return secrets;
}

/** Whether one of the secrets verifies. All are tried: which one it was should not show in the time it takes. */
export async function verifiesWithAny(
  secrets: readonly string[],
  verify: (secret: string) => Promise<boolean>,
): Promise<boolean> {
  const results = await Promise.all(secrets.map(verify));
  return results.includes(true);
}
