import { createInterface } from "node:readline/promises";
import { diagnose, type Targets } from "./doctor/diagnose.ts";
import { formatFinding, summarize, type Finding } from "./doctor/finding.ts";
import { parseFlags, UsageError } from "./flags.ts";

export const doctorFlags = {
  url: { type: "string" },
  endpoint: { type: "string" },
  callback: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What the command uses of its process; tests replace it. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Asks the user a yes-or-no question. Undefined without a terminal. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** Checks a setup and suggests fixes. Resolves to the exit code: 0 when every check passed, else 1. */
export async function doctorCommand(
  args: readonly string[],
  {
    env = process.env,
    print = (text) => console.log(text),
    now = Date.now,
    confirm = process.stdin.isTTY && process.stderr.isTTY ? confirmInTerminal : undefined,
  }: Partial<Runtime> = {},
): Promise<number> {
  const flags = parseFlags(args, doctorFlags);
  const findings: Finding[] = [];
  for await (const finding of diagnose(readTargets(flags), { env, now, confirm })) {
    findings.push(finding);
    // One by one: the network can take a while.
    if (!flags.json) print(formatFinding(finding));
  }
  const ok = findings.every(({ status }) => status !== "failed");
  print(flags.json ? JSON.stringify({ ok, checks: findings }, null, 2) : summarize(findings));
  return ok ? 0 : 1;
}

function readTargets(flags: { url?: string; endpoint?: string; callback?: string }): Targets {
  const page = parseUrl({ flag: "--url", value: flags.url, example: "https://shop.example/checkout" });
  return {
    page,
    endpoint: parseUrl({
      flag: "--endpoint",
      value: flags.endpoint,
      example: "https://shop.example/api/checkout",
      base: page,
    }),
    callback: parseUrl({
      flag: "--callback",
      value: flags.callback,
      example: "https://shop.example/dintero/callback",
    }),
  };
}

interface UrlFlag {
  readonly flag: string;
  readonly value: string | undefined;
  readonly example: string;
  readonly base?: URL | undefined;
}

function parseUrl({ flag, value, example, base }: UrlFlag): URL | undefined {
  if (value === undefined) return undefined;
  const url = value && URL.canParse(value, base) ? new URL(value, base) : undefined;
  // The message does not repeat the value: it may be a secret in the wrong place.
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${flag} must be a whole address, such as ${example}`);
  if (url.username || url.password)
    throw new UsageError(`${flag} must not contain a user name or a password`);
  return url;
}

/** Uses standard error, because standard output may be JSON for a program. */
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
