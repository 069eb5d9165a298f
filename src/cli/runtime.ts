import { createInterface } from "node:readline/promises";

/** What a command uses of its process; tests replace it. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** For people, where standard output may be JSON for a program. */
  readonly printError: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Asks the user a yes-or-no question. Undefined without a terminal. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** The process that the command runs in. */
export const processRuntime = (): Runtime => ({
  env: process.env,
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
  now: Date.now,
  confirm: process.stdin.isTTY && process.stderr.isTTY ? confirmInTerminal : undefined,
});

async function confirmInTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } catch {
    // Ctrl-C and Ctrl-D mean no.
    return false;
  } finally {
    terminal.close();
  }
}
