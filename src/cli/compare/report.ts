import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isTestId } from "../../dintero/ids.ts";
import { checkEnvironment } from "../doctor/environment.ts";
import { formatFinding } from "../doctor/finding.ts";
import { createQuote, type Quote } from "../doctor/quote.ts";
import { Unreachable } from "../doctor/reach.ts";
import { UsageError } from "../flags.ts";
import type { Runtime } from "../runtime.ts";
import { compare, NotPaid, type Comparison } from "./compare.ts";
import { keyOf, type Difference } from "./differences.ts";

export interface CompareFlags {
  readonly pay?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** A file of known differences. */
  readonly known?: string | undefined;
}

/** `doctor --compare`. Resolves to the exit code: 0 without a new difference, else 1. */
export async function compareCommand(flags: CompareFlags, runtime: Runtime): Promise<number> {
  const { env, print, now, confirm } = runtime;
  const { finding, setup } = checkEnvironment(env);
  if (!setup) {
    print(flags.json ? JSON.stringify({ ok: false, checks: [finding] }, null, 2) : formatFinding(finding));
    return 1;
  }
  if (!isTestId(setup.accountId))
    throw new UsageError(
      `--compare is for test accounts (T…), and ${setup.accountId} is a production account`,
    );
  const known = readKnown(flags.known);
  if (!flags.yes && !(await hasConsent(setup.accountId, flags, confirm))) return 1;

  const quote = createQuote(env);
  try {
    const comparison = await compare(setup, {
      pay: flags.pay ?? false,
      // Standard output may be JSON for a program.
      onPayable: (url) => runtime.printError(`Pay this session in a browser: ${quote(url)}`),
      now,
    });
    return report(comparison, { flags, known, print, quote });
  } catch (error) {
    if (!(error instanceof Unreachable) && !(error instanceof NotPaid)) throw error;
    print(
      flags.json ? JSON.stringify({ ok: false, error: quote(error.message) }, null, 2) : quote(error.message),
    );
    return 1;
  }
}

/** @throws {UsageError} without a terminal to ask in. */
async function hasConsent(
  accountId: string,
  { pay }: CompareFlags,
  confirm: Runtime["confirm"],
): Promise<boolean> {
  const what =
    `This creates, reads, updates and cancels sessions of the test account ${accountId}, and provokes refusals.` +
    (pay ? " Then it waits until you have paid one, and captures, refunds and voids it." : "");
  if (!confirm) throw new UsageError(`${what} Add --yes where there is no terminal to confirm in`);
  return confirm(`${what} Continue?`);
}

function readKnown(file: string | undefined): ReadonlySet<string> | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  try {
    const keys: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) return new Set<string>(keys);
  } catch {
    // The same as a file of something else.
  }
  throw new UsageError(
    `--known must name a JSON list of differences, as --known writes it where there is no file`,
  );
}

interface Report {
  readonly flags: CompareFlags;
  readonly known: ReadonlySet<string> | undefined;
  readonly print: (text: string) => void;
  readonly quote: Quote;
}

function report({ differences, calls }: Comparison, { flags, known, print, quote }: Report): number {
  const fresh = known ? differences.filter((difference) => !known.has(keyOf(difference))) : differences;
  const found = new Set(differences.map(keyOf));
  const gone = [...(known ?? [])].filter((key) => !found.has(key));
  const isNewFile = flags.known !== undefined && !known;
  if (isNewFile) writeFileSync(flags.known, `${JSON.stringify([...found], null, 2)}\n`);
  const ok = fresh.length === 0 || isNewFile;
  if (flags.json) {
    print(
      JSON.stringify(
        { ok, calls, differences: fresh, known: differences.length - fresh.length, gone },
        null,
        2,
      ),
    );
    return ok ? 0 : 1;
  }
  if (fresh.length) print(table(fresh, quote));
  for (const key of gone) print(`No longer different: ${quote(key)}`);
  const already = differences.length - fresh.length;
  const written = isNewFile ? ` They are written to ${flags.known} and count as known from now on.` : "";
  print(
    `${calls} calls compared: ${fresh.length} ${known ? "new " : ""}differences` +
      `${already ? `, ${already} known` : ""}.${written}`,
  );
  return ok ? 0 : 1;
}

/** Types, names and statuses; never a value of the shop or its shoppers. */
function table(differences: readonly Difference[], quote: Quote): string {
  const rows = [
    ["call", "where", "account", "sandbox"],
    ...differences.map(({ call, where, account, sandbox }) => [call, where, account, sandbox].map(quote)),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
