import { compareCommand } from "./compare/report.ts";
import { diagnose, type Targets } from "./doctor/diagnose.ts";
import { formatFinding, summarize, type Finding } from "./doctor/finding.ts";
import { parseFlags, UsageError } from "./flags.ts";
import { processRuntime, type Runtime } from "./runtime.ts";

export const doctorFlags = {
  url: { type: "string" },
  endpoint: { type: "string" },
  callback: { type: "string" },
  compare: { type: "boolean" },
  pay: { type: "boolean" },
  known: { type: "string" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** Checks a setup and suggests fixes. Resolves to the exit code: 0 when every check passed, else 1. */
export async function doctorCommand(
  args: readonly string[],
  changes: Partial<Runtime> = {},
): Promise<number> {
  const runtime = { ...processRuntime(), ...changes };
  const flags = parseFlags(args, doctorFlags);
  if (flags.compare) return compareCommand(withoutTargets(flags), runtime);
  if (flags.pay || flags.yes || flags.known !== undefined)
    throw new UsageError("--pay, --known and --yes belong to --compare");
  const { print } = runtime;
  const findings: Finding[] = [];
  for await (const finding of diagnose(readTargets(flags), runtime)) {
    findings.push(finding);
    // One by one: the network can take a while.
    if (!flags.json) print(formatFinding(finding));
  }
  const ok = findings.every(({ status }) => status !== "failed");
  print(flags.json ? JSON.stringify({ ok, checks: findings }, null, 2) : summarize(findings));
  return ok ? 0 : 1;
}

interface TargetFlags {
  readonly url?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly callback?: string | undefined;
}

function withoutTargets<T extends TargetFlags>(flags: T): T {
  if (flags.url !== undefined || flags.endpoint !== undefined || flags.callback !== undefined)
    throw new UsageError("--compare goes without --url, --endpoint and --callback");
  return flags;
}

function readTargets(flags: TargetFlags): Targets {
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
