import { UsageError } from "./flags.ts";
import { help } from "./help.ts";
import { version } from "./version.ts";

type Command = (args: readonly string[]) => Promise<number>;

/** Loaded on demand: the doctor does not wait for the sandbox's code. */
const commands: Readonly<Record<"sandbox" | "doctor", () => Promise<Command>>> = {
  sandbox: async () => (await import("./sandbox.ts")).sandboxCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
};

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

/** Runs a command line. Resolves to the exit code; 2 is a usage error. */
export async function main(
  [name = "", ...args]: readonly string[],
  { log, error: logError }: Pick<Console, "log" | "error"> = console,
): Promise<number> {
  const asksForHelp = [name, ...args].some((argument) => argument === "--help" || argument === "-h");
  if (asksForHelp || name === "help") {
    const topic = [name, ...args].find(isCommand);
    log(topic ? help[topic] : help.overview);
    return 0;
  }
  if ([name, ...args].includes("--version")) {
    log(version());
    return 0;
  }
  if (!isCommand(name)) {
    logError(name ? `Unknown command: ${name}\n\n${help.overview}` : help.overview);
    return 2;
  }
  const command = await commands[name]();
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    logError(`${error.message}\n\n${help[name]}`);
    return 2;
  }
}
