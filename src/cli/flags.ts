import { parseArgs, type ParseArgsConfig } from "node:util";

/** The command was called wrongly: its message, then the usage, and exit code 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T; strict: true }>>["values"];

/** Flags of a command; an unknown one, or one without its value, is a `UsageError`. */
export function parseFlags<T extends Options>(args: readonly string[], options: T): Values<T> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
