/** The result of a check. `fix` is the next step. */
export interface Finding {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly message: string;
  readonly fix?: string;
}

export const passed = (name: string, message: string): Finding => ({ name, status: "passed", message });

export const failed = (name: string, message: string, fix: string): Finding => ({
  name,
  status: "failed",
  message,
  fix,
});

/** Works as it is, and would be better with the next step. */
export const recommended = (name: string, message: string, fix: string): Finding => ({
  name,
  status: "passed",
  message,
  fix,
});

export const skipped = (name: string, reason: string): Finding => ({
  name,
  status: "skipped",
  message: `skipped: ${reason}`,
});

const marks = { passed: "✔", failed: "✘", skipped: "–" };

/** One line per check, and a second one with the fix where there is one. */
export function formatFinding({ name, status, message, fix }: Finding): string {
  const line = `${marks[status]} ${name.padEnd(20)}${message}`;
  return fix ? `${line}\n  → ${fix}.` : line;
}

/** The last line: `1 of 6 checks failed, 2 skipped.` */
export function summarize(findings: readonly Finding[]): string {
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const rest = count("skipped") ? `, ${count("skipped")} skipped` : "";
  if (count("failed")) return `${count("failed")} of ${findings.length} checks failed${rest}.`;
  return `All ${count("passed")} checks passed${rest}.`;
}
