import { createInterface } from "node:readline/promises";
import { diagnose, type Wishes } from "./doctor/diagnose.ts";
import { closing, line, type Finding } from "./doctor/finding.ts";
import { parseFlags, UsageError } from "./flags.ts";

/** What `doctor` may be told. */
export const doctorFlags = {
  url: { type: "string" },
  endpoint: { type: "string" },
  callback: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What the command needs of the machine. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Asks a person. Undefined where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** `doctor`: checks a set-up and says what to do. Exit code 0 when all is well, 1 when something is wrong. */
export async function doctorCommand(
  args: readonly string[],
  around: Partial<Surroundings> = {},
): Promise<number> {
  const {
    env = process.env,
    print = (text: string) => console.log(text),
    now = Date.now,
    confirm = process.stdin.isTTY && process.stderr.isTTY ? askInTerminal : undefined,
  } = around;
  const given = parseFlags(args, doctorFlags);
  const wishes = readWishes(given);
  const findings: Finding[] = [];
  for await (const finding of diagnose(wishes, { env, now, confirm })) {
    findings.push(finding);
    // As they come: the network may take its time.
    if (!given.json) print(line(finding));
  }
  const well = findings.every(({ status }) => status !== "wrong");
  print(given.json ? JSON.stringify({ ok: well, checks: findings }, null, 2) : closing(findings));
  return well ? 0 : 1;
}

function readWishes({
  url,
  endpoint,
  callback,
}: {
  url?: string;
  endpoint?: string;
  callback?: string;
}): Wishes {
  const page = address("--url", url, "https://shop.example/checkout");
  return {
    page,
    // As in the page itself, where the endpoint is most often a path.
    endpoint: address("--endpoint", endpoint, "https://shop.example/api/checkout", page),
    callback: address("--callback", callback, "https://shop.example/dintero/callback"),
  };
}

function address(flag: string, value: string | undefined, example: string, base?: URL): URL | undefined {
  if (value === undefined) return undefined;
  const url = value && URL.canParse(value, base) ? new URL(value, base) : undefined;
  // Never told the value itself: it may be a secret in the wrong place.
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${flag} must be a whole address, such as ${example}`);
  if (url.username || url.password) throw new UsageError(`${flag} must not hold a name or a password`);
  return url;
}

/** On standard error: what is printed may be JSON for a program. */
async function askInTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } catch {
    // Ctrl-C or Ctrl-D is a no.
    return false;
  } finally {
    terminal.close();
  }
}
