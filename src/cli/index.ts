#!/usr/bin/env node
import { UsageError } from "./flags.ts";

/** Each command loads only what it needs, so that it is there at once. */
const commands: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>> = {
  sandbox: async () => (await import("./sandbox.ts")).sandboxCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
};

const usage = `Usage: dintero-checkout-element <command>

  sandbox   a Dintero on this machine: REST, hosted page, signed callbacks
            [--port 4242] [--host 127.0.0.1] [--account T12345678] [--secret TEXT] [--state FILE] [--json]
            [--deliver-to HOST]: also send callbacks there; otherwise they stay on this machine (may be repeated)

  doctor    checks a set-up and says what to do: environment, credentials, session, callback, clock, page, endpoint
            [--url PAGE] [--endpoint URL] [--callback URL] [--json]
            exit code 0: all well, 1: something is wrong, 2: called wrongly
`;

const [name, ...args] = process.argv.slice(2);
const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
if (name === "help" || process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
  console.log(usage);
} else if (load) {
  try {
    process.exitCode = await (await load())(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
} else {
  console.error(name === undefined ? usage : `Unknown command: ${name}\n\n${usage}`);
  process.exitCode = 2;
}
