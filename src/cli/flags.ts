import { parseArgs, type ParseArgsConfig } from "node:util";

/** The command line is invalid. The command prints the message and its help, and exits with 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T; strict: true }>>["values"];

/**
 * Parses the flags of a command.
 *
 * @throws {UsageError} for an unknown flag, a flag without its value, or an argument that is not a flag.
 */
export function parseFlags<T extends Options>(args: readonly string[], options: T): Values<T> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
